import Foundation

/// A code as an authenticator shows it (RFC 6238), by another program.
func oneTimeCode(at deployment: Deployment) async throws -> String {
    let program = """
        import base64, hmac, struct, time
        key = base64.b32decode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        mac = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
        start = mac[-1] & 15
        print("%06d" % ((struct.unpack(">I", mac[start:start + 4])[0] & 0x7FFFFFFF) % 1000000))
        """
    let made = try await succeed("python3", ["-c", program], scratch: deployment.scratch)
    return made.text.trimmingCharacters(in: .newlines)
}
