import Foundation
import Testing

@testable import Agent

@Suite struct `Messages of an embedding endpoint` {
    private func vectors(_ body: String, count: Int = 2, dimensions: Int = 2) throws -> [[Float]] {
        try EmbeddingMessages.vectors(in: Array(body.utf8), count: count, dimensions: dimensions)
    }

    @Test func `a request names the model and holds the texts`() throws {
        let body = EmbeddingMessages.request(model: "m", texts: [Array("a \"b\"".utf8), Array("ü\n".utf8)])
        let object = try #require(JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        #expect(object["model"] as? String == "m" && object["input"] as? [String] == ["a \"b\"", "ü\n"])
        #expect(object["encoding_format"] as? String == "float" && object.count == 3)
    }

    @Test func `an answer gives vectors of length 1 in the order of the texts`() throws {
        let body = """
            {"object": "list", "model": "m", "usage": {"total_tokens": 3}, "data": [
              {"object": "embedding", "index": 1, "embedding": [0, -2]}, {"index": 0, "embedding": [3.0, 4e0]}]}
            """
        #expect(try vectors(body) == [[0.6, 0.8], [0, -1]])
        #expect(try vectors(#"{"data": [{"embedding": [1, 0]}, {"embedding": [0, 1]}]}"#) == [[1, 0], [0, 1]])
    }

    @Test(arguments: [
        ("", "no JSON"), ("{}", "no array"), ("[]", "no array"), (#"{"data": {}}"#, "no array"),
        (#"{"data": [{"embedding": [1, 0]}]}"#, "1 vectors for 2 texts"),
        (#"{"data": [{"index": 0, "embedding": [1, 0]}, {"index": 0, "embedding": [1, 0]}]}"#, "index 0"),
        (#"{"data": [{"index": 0, "embedding": [1, 0]}, {"index": 2, "embedding": [1, 0]}]}"#, "index 2"),
        (#"{"data": [{"index": 0, "embedding": [1, 0]}, {"index": -1, "embedding": [1, 0]}]}"#, "index -1"),
        (#"{"data": [{"embedding": [1, 0]}, {"embedding": [1, 0, 0]}]}"#, "3 numbers, and 2 are configured"),
        (#"{"data": [{"embedding": [1, 0]}, {"embedding": [1, null]}]}"#, "other than a number"),
        (#"{"data": [{"embedding": [1, 0]}, {"embedding": "AAAA"}]}"#, "no array of numbers"),
        (#"{"data": [{"embedding": [1, 0]}, {"embedding": [0, 0]}]}"#, "without a direction"),
        (#"{"data": [{"embedding": [1, 0]}, {"embedding": [1e300, 1e300]}]}"#, "without a direction"),
        (#"{"data": [[[[[[[[[1]]]]]]]], 1]}"#, "no JSON"),
    ])
    func `what is no answer is refused in words of ours`(body: String, part: String) throws {
        let fault = #expect(throws: EmbeddingMessages.Fault.self) { try vectors(body) }
        #expect(fault?.reason.contains(part) == true, "\(fault?.reason ?? "")")
    }

    @Test func `a key shows itself to nobody`() throws {
        let key = try #require(EmbeddingEndpoint.Key(Array(" sk-secret\n".utf8)))
        #expect(key.bytes == Array("sk-secret".utf8))
        let endpoint = EmbeddingEndpoint(url: "https://a.example/v1/embeddings", model: "m", dimensions: 2, key: key)
        for shown in ["\(key)", String(reflecting: key), "\(endpoint)", String(reflecting: endpoint)] {
            #expect(!shown.contains("sk-"), "\(shown)")
        }
        var dumped = ""
        dump(endpoint, to: &dumped)
        #expect(!dumped.contains("115") && !dumped.contains("sk-"), "\(dumped)")
    }

    @Test func `a key is printable and not too long`() {
        let longest = [UInt8](repeating: 0x61, count: AgentLimits.embeddingKeyBytesMax)
        #expect(EmbeddingEndpoint.Key(longest) != nil && EmbeddingEndpoint.Key(longest + [0x61]) == nil)
        for bad in ["", " \n", "a b", "a\u{7F}", "ä", "a\r\nX: y"] {
            #expect(EmbeddingEndpoint.Key(Array(bad.utf8)) == nil)
        }
    }
}
