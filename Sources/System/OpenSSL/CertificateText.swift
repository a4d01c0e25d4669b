internal import COpenSSL

/// Turns the parts of a certificate into bytes and numbers.
enum CertificateText {
    @unsafe static func bytes(of string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let start = unsafe ASN1_STRING_get0_data(string)
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(string))))
    }

    @unsafe static func hex(of integer: UnsafePointer<ASN1_INTEGER>) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = unsafe bytes(of: integer)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    @unsafe static func line(of name: OpaquePointer?) -> [UInt8] {
        guard let name = unsafe name, let bio = try? MemoryBIO.empty() else { return [] }
        guard unsafe pc_name_print(bio.bio, name) >= 0 else {
            ErrorQueue.clear()
            return []
        }
        return bio.bytes
    }

    @unsafe static func commonName(of name: OpaquePointer?) -> [UInt8]? {
        var index: Int32 = -1
        var last: Int32 = -1
        repeat {
            last = index
            index = unsafe X509_NAME_get_index_by_NID(name, NID_commonName, last)
        } while index >= 0
        guard last >= 0, let value = unsafe X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)) else {
            return nil
        }
        var utf8: UnsafeMutablePointer<UInt8>? = nil
        let count = unsafe ASN1_STRING_to_UTF8(&utf8, value)
        guard count >= 0, let start = unsafe utf8 else {
            ErrorQueue.clear()
            return nil
        }
        defer { unsafe CRYPTO_free(start, #fileID, #line) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    @unsafe static func seconds(of time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        guard let time = unsafe time, let epoch = unsafe ASN1_TIME_set(nil, 0) else { return nil }
        defer { unsafe ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(seconds)
    }
}
