import Foundation
import Synchronization
import Testing

@testable import Edge

@Suite struct `The ledger of addresses` {
    private let first = AddressLedger.Key([192, 0, 2, 1])

    @Test func `gives each address its connections and not one more`() {
        let ledger = AddressLedger(connectionsMax: 3, handshakesMax: 3)
        let second = AddressLedger.Key([192, 0, 2, 2])
        for key in [first, second] {
            for _ in 0..<3 { #expect(ledger.enter(key, withHandshake: false) == nil) }
            #expect(ledger.enter(key, withHandshake: false) == .connectionsPerAddress)
        }
        ledger.leave(first)
        #expect(ledger.enter(first, withHandshake: false) == nil)
        #expect(ledger.enter(first, withHandshake: false) == .connectionsPerAddress)
    }

    @Test func `gives each address its handshakes and not one more, and counts none that it refused`() {
        let ledger = AddressLedger(connectionsMax: 3, handshakesMax: 2)
        for _ in 0..<2 { #expect(ledger.enter(first, withHandshake: true) == nil) }
        for _ in 0..<9 { #expect(ledger.enter(first, withHandshake: true) == .handshakesPerAddress) }
        ledger.endHandshake(first)
        #expect(ledger.enter(first, withHandshake: true) == nil)
        ledger.endHandshake(first)
        #expect(ledger.enter(first, withHandshake: true) == .connectionsPerAddress)
    }

    @Test func `forgets an address that holds nothing`() {
        let ledger = AddressLedger(connectionsMax: 2, handshakesMax: 2)
        for number in 0..<100_000 {
            let key = AddressLedger.Key([10, UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)])
            _ = ledger.enter(key, withHandshake: true)
            if number % 2 == 0 { ledger.endHandshake(key) }
            ledger.leave(key)
        }
        #expect(ledger.addressCount == 0)
    }

    @Test func `counts a network of IPv6 as one, and IPv4 written in IPv6 as IPv4`() {
        let prefix: [UInt8] = [0x20, 1, 0xD, 0xB8, 0, 0, 0, 1]
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 1]
        #expect(
            AddressLedger.Key(prefix + [0, 0, 0, 0, 0, 0, 0, 1])
                == AddressLedger.Key(prefix + [9, 9, 9, 9, 9, 9, 9, 9]))
        #expect(AddressLedger.Key(prefix + [0, 0, 0, 0, 0, 0, 0, 1]) != first)
        #expect(AddressLedger.Key(mapped) == first)
        #expect(AddressLedger.Key([0, 0, 0, 0, 192, 0, 2, 1] + [UInt8](repeating: 0, count: 8)) != first)
    }

    @Test func `is exact whoever comes at the same time`() {
        let ledger = AddressLedger(connectionsMax: 1000, handshakesMax: 1000)
        let admitted = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<1000 where ledger.enter(AddressLedger.Key([192, 0, 2, 1]), withHandshake: true) == nil {
                admitted.add(1, ordering: .relaxed)
            }
        }
        #expect(admitted.load(ordering: .relaxed) == 1000)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<125 {
                ledger.endHandshake(AddressLedger.Key([192, 0, 2, 1]))
                ledger.leave(AddressLedger.Key([192, 0, 2, 1]))
            }
        }
        #expect(ledger.addressCount == 0)
    }
}
