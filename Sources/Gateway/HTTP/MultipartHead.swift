/// A part's header lines, as far as a form has them (RFC 7578 §4.2, §4.4, §4.7). Others are ignored (§4.8).
struct MultipartHead: Hashable, Sendable {
    /// The field's name, as it was sent: never a path, a query or a text to show as it is.
    let name: [UInt8]
    /// The file's name, as it was sent; nil where the part is no file.
    let fileName: [UInt8]?
    /// The value of `Content-Type`; nil where there is none.
    let contentType: [UInt8]?

    /// Reads the lines, each without its end.
    /// - Throws: `MultipartFault`: `.badHeader`, `.badDisposition`, `.encoded`.
    init(_ lines: [ArraySlice<UInt8>]) throws(MultipartFault) {
        var disposition: ArraySlice<UInt8>?
        var contentType: [UInt8]?
        for line in lines {
            let (name, value) = try Self.split(line)
            if name.isEqualIgnoringCase("content-disposition") {
                guard disposition == nil else { throw .badDisposition }
                disposition = value
            } else if name.isEqualIgnoringCase("content-type") {
                guard contentType == nil else { throw .badHeader }
                contentType = Array(value)
            } else if name.isEqualIgnoringCase("content-transfer-encoding") {
                let isPlain = ["binary", "8bit", "7bit"].contains { Array(value).isEqualIgnoringCase($0) }
                guard isPlain else { throw .encoded }
            }
        }
        guard let disposition else { throw .badDisposition }
        (name, fileName) = try Self.form(disposition)
        self.contentType = contentType
    }

    private static func split(
        _ line: ArraySlice<UInt8>
    ) throws(MultipartFault) -> (name: [UInt8], value: ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(FieldParameters.isTokenByte)
        else { throw .badHeader }
        var value = line[(colon + 1)...]
        while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value = value.dropLast() }
        // Folded lines begin with a blank and are no line of their own: the name above has none.
        guard value.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else { throw .badHeader }
        return (Array(line[..<colon]), value)
    }

    private static func form(
        _ disposition: ArraySlice<UInt8>
    ) throws(MultipartFault) -> (name: [UInt8], fileName: [UInt8]?) {
        var parameters = FieldParameters(disposition)
        guard let type = parameters.value, type.isEqualIgnoringCase("form-data") else { throw .badDisposition }
        var name: [UInt8]?
        var fileName: [UInt8]?
        while let parameter = parameters.next() {
            // `filename*` is not for forms (RFC 7578 §4.2), and a second name for one file is one too many.
            if parameter.name.isEqualIgnoringCase("name"), name == nil {
                name = parameter.value
            } else if parameter.name.isEqualIgnoringCase("filename"), fileName == nil {
                fileName = parameter.value
            } else {
                throw .badDisposition
            }
        }
        guard let name, !name.isEmpty, parameters.isWhole else { throw .badDisposition }
        return (name, fileName)
    }
}
