import Edge
import EdgeTracing
import Foundation
import Testing

/// A row of `requests.txt`, whose head explains the format.
struct RequestRow: CustomTestStringConvertible, Sendable {
    let line: Int
    let outcomes: [Substring]
    let title: String
    let bytes: [UInt8]

    var testDescription: String { "\(title) (line \(line))" }

    static let all: [RequestRow] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "requests.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            line.isEmpty || line.hasPrefix("#") ? nil : RequestRow(line: index + 1, String(line))
        }
    }()

    private init(line: Int, _ text: String) {
        let columns = text.components(separatedBy: " | ")
        precondition(columns.count >= 3, "line \(line) has too few columns")
        self.line = line
        outcomes = columns[0].split(separator: " ")
        title = columns[1]
        bytes = Self.expand(Array(columns[2...].joined(separator: " | ").utf8))
    }

    private static func expand(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        if text.starts(with: "H ".utf8) || text.starts(with: "P ".utf8) {
            bytes += (text[0] == UInt8(ascii: "H") ? "GET" : "POST").utf8
            bytes += " / HTTP/1.1\r\nHost: a\r\n".utf8
            rest = text[2...]
        }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") {
                bytes.append(escape(&rest))
            } else if byte == UInt8(ascii: "{"), let repeated = repetition(&rest) {
                bytes += repeated
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func escape(_ rest: inout ArraySlice<UInt8>) -> UInt8 {
        switch rest.popFirst() {
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "x"):
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            rest = rest.dropFirst(2)
            return UInt8(digits, radix: 16) ?? 0
        default: return UInt8(ascii: "\\")
        }
    }

    /// `{c*N}`; a brace that begins no repetition stands for itself.
    private static func repetition(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.dropFirst().first == UInt8(ascii: "*"), let close = rest.firstIndex(of: UInt8(ascii: "}")),
            let byte = rest.first,
            let count = Int(String(decoding: rest[(rest.startIndex + 2)..<close], as: UTF8.self))
        else { return nil }
        rest = rest[(close + 1)...]
        return Array(repeating: byte, count: count)
    }
}

extension HTTP1Trace {
    /// The outcomes as `requests.txt` writes them, but for the length of a body.
    var outcomes: [String] {
        events.map { event in
            switch event {
            case .request(let summary, _):
                (summary.keepAlive ? "ok" : "ok-close") + (summary.framing == .none ? "" : ":\(summary.body.count)")
            case .fault(let fault): "\(fault.status.code):\(fault.reason)"
            }
        } + (isUnfinished ? ["more"] : [])
    }
}
