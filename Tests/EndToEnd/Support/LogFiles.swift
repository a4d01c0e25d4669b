import Foundation
import JSON

/// An audit log as its format page describes it, read without any of the gateway's code but the JSON parser.
struct LogFiles {
    struct Record {
        let segment: String
        /// Where the line starts in its segment.
        let offset: Int
        let body: [UInt8]
        let json: JSONNode

        var sequence: Int { Int(json["seq"]?.integer ?? -1) }
        var hash: String { json["hash"]?.text ?? "" }
        var type: String { json["type"]?.text ?? "" }
    }

    let directory: String
    /// Segment names in order.
    let segments: [String]
    let records: [Record]

    /// Reads every line that is a record; anything else (a torn tail) is left out.
    init(_ directory: String) throws {
        self.directory = directory
        segments = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("seg-") }
            .sorted()
        var records: [Record] = []
        for segment in segments {
            var offset = 0
            let content = contents(of: directory + "/" + segment)
            for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
                if let json = try? JSONParser.parse(Array(line)), json["hash"] != nil {
                    records.append(Record(segment: segment, offset: offset, body: Array(line), json: json))
                }
                offset += line.count + 1
            }
        }
        self.records = records
    }

    /// The record that ends a request.
    func record(ofRequest id: String) -> Record? {
        records.first { $0.type == "request.end" && $0.json["req"]?["id"]?.text == id }
    }

    /// The record with this number.
    func record(_ sequence: Int) -> Record? {
        sequence < records.count && records[sequence].sequence == sequence
            ? records[sequence] : records.first { $0.sequence == sequence }
    }

    /// All bytes of the log.
    var bytes: [UInt8] { segments.flatMap { contents(of: directory + "/" + $0) } }
}

/// Whether `needle` occurs in `haystack`.
func occurs(_ needle: String, in haystack: [UInt8]) -> Bool {
    Data(haystack).firstRange(of: Data(needle.utf8)) != nil
}
