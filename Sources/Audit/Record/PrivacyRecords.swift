extension EncodedRecord {
    /// A `privacy.erase` record: the key of sealed members was destroyed.
    /// - Parameters:
    ///   - keyIdentifier: which; it is in the clear in every record that was sealed with it.
    ///   - ticket: on whose order, such as a ticket's number; no personal data.
    ///   - operator: who did it; no personal data beyond a work name.
    public static func privacyErase(keyIdentifier: [UInt8], ticket: [UInt8], operator: [UInt8]) -> EncodedRecord {
        EncodedRecord(.privacyErase) { buffer in
            buffer.text("kid", keyIdentifier, path: "kid", bytesMax: 64)
            buffer.text("ticket", ticket, path: "ticket", bytesMax: 128)
            buffer.text("operator", `operator`, path: "operator", bytesMax: 128)
        }
    }
}

extension EncodedRecord {
    /// A `log.pressure` record of level `ship`: finished segments have not been brought elsewhere for too long.
    /// - Parameters:
    ///   - segments: how many.
    ///   - lagSeconds: since the oldest of them was finished.
    ///   - limitSeconds: what is too long.
    public static func shippingPressure(segments: UInt64, lagSeconds: UInt64, limitSeconds: UInt64) -> EncodedRecord {
        EncodedRecord(.pressure) { buffer in
            buffer.literal("level", "ship")
            buffer.number("segments", segments)
            buffer.number("lag_s", lagSeconds)
            buffer.number("limit_s", limitSeconds)
        }
    }
}
