import Synchronization
import Testing
import Threading

@testable import Auth

@Suite struct `A desk where tokens wait for a device` {
    private static let issued = TokenIssuer.IssuedToken(text: [1], tokenID: [], keyID: [], expires: 0)

    /// Holds work back until it is opened.
    private final class Gate: Sendable {
        let isOpen = Atomic<Bool>(false), isReached = Atomic<Bool>(false)

        func pass() -> SigningDesk.Outcome {
            isReached.store(true, ordering: .relaxed)
            while !isOpen.load(ordering: .relaxed) { SystemThread.sleep(milliseconds: 1) }
            return .success(issued)
        }
    }

    /// What came of a job: its text's first byte, or what went wrong.
    private static func word(_ outcome: SigningDesk.Outcome) -> String {
        switch outcome {
        case .success(let token): "\(token.text)"
        case .failure(.signaturesBusy): "busy"
        case .failure(.deviceUnavailable(_, let found, _)): found
        case .failure(let error): "\(error)"
        }
    }

    @Test func `gives up on a signature that does not come, and on what waits behind it`() async {
        let desk = SigningDesk()
        let gate = Gate()
        let words = await withTaskGroup(of: String.self) { group in
            for _ in 0..<3 {
                group.addTask { await Self.word(desk.perform(within: .milliseconds(200)) { gate.pass() }) }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(words == Array(repeating: "no signature after 5 s", count: 3))
        gate.isOpen.store(true, ordering: .relaxed)
        let next = await desk.perform(within: .seconds(60)) { .success(Self.issued) }
        #expect(Self.word(next) == "[1]")
    }

    @Test func `lets 64 wait besides the one that is signed, and no more`() async {
        let desk = SigningDesk()
        let gate = Gate()
        let words = await withTaskGroup(of: String.self) { group in
            group.addTask { await Self.word(desk.perform(within: .seconds(60)) { gate.pass() }) }
            while !gate.isReached.load(ordering: .relaxed) { await Task.yield() }
            for _ in 0..<AuthLimits.deviceSignaturesMax + 1 {
                group.addTask {
                    let word = await Self.word(desk.perform(within: .seconds(60)) { gate.pass() })
                    if word == "busy" { gate.isOpen.store(true, ordering: .relaxed) }
                    return word
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(words.count { $0 == "[1]" } == AuthLimits.deviceSignaturesMax + 1)
        #expect(words.count { $0 == "busy" } == 1)
    }
}
