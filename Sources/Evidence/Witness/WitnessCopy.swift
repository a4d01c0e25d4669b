internal import Audit
internal import Curl
internal import OpenSSL

/// What a witness keeps of a log: the newest checkpoint that it cosigned (C2SP tlog-witness, `GET <prefix>/<origin hash>/checkpoint`).
///
/// An auditor holds the log against it: whoever has the log's key can write the log anew, and not the witness's memory.
package enum WitnessCopy {
    /// Why there is no copy: one line.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        /// What was found, and the mend.
        package let description: String
    }

    /// Bytes of a copy: those of any note.
    private static var bytesMax: Int { SignedNote.bytesMax }

    /// Asks the witness at `prefix` for its checkpoint of the log called `origin`. Blocks at most 5 s.
    /// - Parameter caFile: a PEM file with the CAs that vouch for the witness; nil for the system's.
    /// - Returns: the note's bytes; nothing of them is checked.
    package static func fetch(_ prefix: String, of origin: String, caFile: String?) throws(Failure) -> [UInt8] {
        guard let endpoint = WitnessEndpoint(prefix) else {
            throw Failure(description: "no witness's URL: wanted https://HOST[:PORT][/PREFIX], or http:// on loopback")
        }
        let configuration = HTTPClientConfiguration(
            connectTimeout: WitnessLimits.answerTimeout, totalTimeout: WitnessLimits.answerTimeout,
            responseBytesMax: bytesMax, allowsPlain: endpoint.isPlain, caFile: caFile)
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            var client = try HTTPClient.make(configuration)
            answer = try client.perform(HTTPClientRequest("GET", endpoint.copy(of: origin)))
        } catch {
            throw Failure(description: "the witness cannot be asked: \(error)")
        }
        switch answer.status {
        case 200: return answer.body
        case 404: throw Failure(description: "the witness has cosigned no checkpoint of \(origin)")
        default: throw Failure(description: "the witness answered \(answer.status)")
        }
    }
}
