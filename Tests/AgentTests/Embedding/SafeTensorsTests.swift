import Foundation
import Testing

@testable import Agent

@Suite struct `a safetensors file` {
    private static func table(_ bytes: [UInt8]) throws -> SafeTensors {
        try SafeTensors(prefix: bytes.span, fileByteCount: bytes.count, file: "m.safetensors")
    }

    private static func refusal(_ bytes: [UInt8]) -> String { modelRefusal { try table(bytes) } }

    @Test func `tells where its tensors are`() throws {
        let header =
            #"{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"#
            + #""a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"none":{"dtype":"F32","shape":[0,7],"data_offsets":[32,32]}}"#
        let bytes = TensorFile.bytes(header: header, data: [UInt8](repeating: 0, count: 32))
        let table = try Self.table(bytes)
        let start = bytes.count - 32
        #expect(table.tensors.count == 3)
        #expect(table.tensors[Array("a".utf8)] == .init(type: .int64, shape: [1], range: start..<start + 8))
        #expect(try table.floats("b", shape: [2, 3]) == start + 8..<start + 32)
        #expect(
            modelRefusal { try table.floats("b", shape: [3, 2]) }.contains(
                "b has shape [2, 3], and config.json wants [3, 2]"))
        #expect(modelRefusal { try table.floats("a", shape: [1]) }.contains("a has type I64, and F32 is wanted"))
        #expect(modelRefusal { try table.floats("c", shape: [1]) }.contains("m.safetensors: there is no tensor c"))
    }

    @Test func `gives no numbers that lie beside their alignment`() throws {
        for (padding, isRead) in [(4, true), (1, false)] {
            var header = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
            while header.utf8.count % 4 != (padding == 4 ? 0 : 1) { header += " " }
            let table = try Self.table(TensorFile.bytes(header: header, data: [0, 0, 0, 0], alignment: 1))
            #expect(modelRefusal { try table.floats("a", shape: [1]) }.contains("multiple of 4") == !isRead)
        }
    }

    /// Headers over eight bytes of numbers, and what is said of each.
    static let refused: [(String, String)] = [
        ("{", "not JSON"), (" {}", "does not begin with {"), ("[]", "does not begin with {"),
        (#"{"a":1}"#, "wanted an object"), (#"{"a":{"dtype":"F32","shape":[2]}}"#, "no member \"data_offsets\""),
        (tensor(dtype: "F31"), "an unknown type"), (tensor(dtype: "F64"), "8 bytes, wanted as many as [2] of F64"),
        (tensor(shape: "[3]"), "as many as [3] of F32"), (tensor(shape: "[-2]"), "integers from 0 on"),
        (tensor(shape: "[2.0]"), "integers from 0 on"), (tensor(shape: "2"), "wanted an array"),
        (tensor(shape: "[4611686018427387904,4]"), "as many as"),
        (tensor(shape: "[1,1,1,1,1,1,1,1,2]"), "9 elements, wanted 0 to 8"),
        (tensor(offsets: "[0,8,8]"), "3 elements, wanted 2 to 2"),
        (tensor(offsets: "[8,0]"), "wanted a range within 8 bytes"),
        (tensor(offsets: "[4,12]"), "wanted a range within 8 bytes"),
        (tensor(shape: "[1]", offsets: "[0,4]"), "4 bytes at its end"),
        (tensor(shape: "[1]", offsets: "[4,8]"), "a gap or an overlap"),
        (tensor(extra: #","order":"C""#), "an unknown member"),
        (
            #"{"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
            "a gap or an overlap"
        ),
        (
            #"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[0],"data_offsets":[8,8]}}"#,
            "repeated"
        ),
        (tensor(shape: "[[2]]"), "nested deeper"),
    ]

    private static func tensor(
        dtype: String = "F32", shape: String = "[2]", offsets: String = "[0,8]", extra: String = ""
    ) -> String {
        #"{"a":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)\#(extra)}}"#
    }

    @Test func `is taken where its header is right`() throws {
        let bytes = TensorFile.bytes(
            header: Self.tensor(shape: "[1,1,1,1,1,1,1,2]"), data: [UInt8](repeating: 0, count: 8))
        #expect(try Self.table(bytes).tensors.count == 1)
    }

    @Test(arguments: refused) func `is refused where its header is wrong`(header: String, reason: String) {
        let said = Self.refusal(TensorFile.bytes(header: header, data: [UInt8](repeating: 0, count: 8)))
        #expect(said.hasPrefix("m.safetensors: ") && said.contains(reason), "\(said)")
    }

    @Test func `is refused where it ends too early or its header is too long`() {
        #expect(Self.refusal([]).contains("0 bytes are no safetensors file"))
        #expect(Self.refusal([0, 0, 0, 0, 0, 0, 0]).contains("7 bytes are no safetensors file"))
        #expect(
            Self.refusal([9, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)).contains("ends within its header of 9 bytes"))
        #expect(Self.refusal([0, 0, 0, 0, 0, 0, 0, 0]).contains("does not begin with {"))
        #expect(Self.refusal([UInt8](repeating: 0xFF, count: 16)).contains("its header has 18446744073709551615 bytes"))
        let limit = AgentLimits.modelHeaderBytesMax
        func padded(_ count: Int) -> [UInt8] {
            TensorFile.bytes(header: "{}" + String(repeating: " ", count: count - 2), data: [], alignment: 1)
        }
        #expect(throws: Never.self) { try Self.table(padded(limit)) }
        #expect(
            Self.refusal(padded(limit + 1)).contains("its header has \(limit + 1) bytes, and up to \(limit) are taken"))
    }

    @Test func `has a bound on its tensors`() {
        func members(_ count: Int) -> [UInt8] {
            let members = (0..<count).map { #""\#($0)":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"# }
            return TensorFile.bytes(header: "{" + members.joined(separator: ",") + "}", data: [])
        }
        #expect(throws: Never.self) { try Self.table(members(AgentLimits.modelTensorsMax)) }
        #expect(
            Self.refusal(members(AgentLimits.modelTensorsMax + 1)).contains("at most \(AgentLimits.modelTensorsMax)"))
    }

    /// Bytes changed, cut and doubled at random: it is refused, or each tensor is inside it and none over another.
    @Test func `never leads outside, however it is broken`() {
        let right = TinyModel(seed: 1).weights
        var generator = SeededGenerator.announced("safetensors")
        for _ in 0..<300 {
            var bytes = right
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<min(bytes.count, 3000), using: &generator)
                bytes[place] =
                    [UInt8.random(in: 0...255, using: &generator), 0x30, 0x39].randomElement(using: &generator) ?? 0
            }
            if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0...200, using: &generator)) }
            guard let table = try? Self.table(bytes) else { continue }
            let ranges = table.tensors.values.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
            #expect(ranges.allSatisfy { $0.upperBound <= bytes.count })
            #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        }
    }
}
