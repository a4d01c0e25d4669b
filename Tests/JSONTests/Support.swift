import Foundation
import JSON

/// The node that `text` is, or the error at its first wrong byte.
func parse(
    _ text: [UInt8], _ dialect: JSONParser.Dialect = .rfc8259, depthMax: Int = JSONParser.depthMaxDefault
) -> Result<JSONNode, JSONSyntaxError> {
    do throws(JSONSyntaxError) {
        return .success(try JSONParser.parse(text, dialect: dialect, depthMax: depthMax))
    } catch {
        return .failure(error)
    }
}

func parse(_ text: String, _ dialect: JSONParser.Dialect = .rfc8259) -> Result<JSONNode, JSONSyntaxError> {
    parse(Array(text.utf8), dialect)
}

extension Result where Success == JSONNode, Failure == JSONSyntaxError {
    var node: JSONNode? { try? get() }

    var error: JSONSyntaxError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

/// The value written again, so that a test can say what was read in one string.
func rewrite(_ node: JSONNode) -> String {
    switch node.value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .double(let double): "\(double)"
    case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    case .array(let elements): "[\(elements.map(rewrite).joined(separator: ","))]"
    case .object(let members):
        "{\(members.map { "\(String(decoding: $0.name, as: UTF8.self)):\(rewrite($0.node))" }.joined(separator: ","))}"
    }
}

/// A generator whose run can be repeated: its seed is printed, and taken from `PORTCULLIS_SEED` where that is set.
/// The sequence is SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    static func fromEnvironment(_ test: String = #function) -> SeededRandom {
        let given = ProcessInfo.processInfo.environment["PORTCULLIS_SEED"].flatMap(UInt64.init)
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("\(test): PORTCULLIS_SEED=\(seed)")
        return SeededRandom(state: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
