/// Counters of the writer since its start.
public struct AuditStatistics: Sendable {
    /// Durable records, in the order of `RecordType.allCases`.
    public internal(set) var recordsByType = [UInt64](repeating: 0, count: RecordType.allCases.count)
    /// Bytes of durable records.
    public internal(set) var bytes: UInt64 = 0
    /// Batches written.
    public internal(set) var batches: UInt64 = 0
    /// Calls of `fdatasync`, by duration: one count for each bound of `syncBoundsMicroseconds`, and the last for longer ones.
    public internal(set) var syncsByDuration = [UInt64](repeating: 0, count: syncBoundsMicroseconds.count + 1)
    /// Time spent in `fdatasync`, in microseconds.
    public internal(set) var syncMicroseconds: UInt64 = 0
    /// Batches by their records: one count for each bound of `batchBounds`.
    public internal(set) var batchesBySize = [UInt64](repeating: 0, count: batchBounds.count + 1)
    /// Records in all batches.
    public internal(set) var batchedRecords: UInt64 = 0
    /// Records that wait for the writer now.
    public internal(set) var queueDepth = 0

    /// Upper bounds, inclusive, of the classes of `syncsByDuration`.
    public static let syncBoundsMicroseconds: [UInt64] = [
        50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
    ]

    /// Upper bounds, inclusive, of the classes of `batchesBySize`; the last is the largest batch.
    public static let batchBounds: [UInt64] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]

    /// Durable records of one type.
    public func records(of type: RecordType) -> UInt64 { recordsByType[type.position] }

    mutating func count(batch records: Int) {
        let bounds = Self.batchBounds
        batches += 1
        batchesBySize[bounds.firstIndex { UInt64(records) <= $0 } ?? bounds.count] += 1
        batchedRecords += UInt64(records)
    }

    mutating func count(sync duration: UInt64) {
        let bounds = Self.syncBoundsMicroseconds
        syncsByDuration[bounds.firstIndex { duration <= $0 } ?? bounds.count] += 1
        syncMicroseconds += duration
    }
}

extension RecordType {
    /// The type's place in `allCases`.
    var position: Int {
        switch self {
        case .genesis: 0
        case .segmentOpen: 1
        case .gatewayStart: 2
        case .gatewayStop: 3
        case .connectionReject: 4
        case .requestBegin: 5
        case .requestEnd: 6
        case .customerVerify: 7
        case .toolCall: 8
        case .policyLoad: 9
        case .adminAction: 10
        case .keyRotate: 11
        case .pressure: 12
        case .resume: 13
        case .prune: 14
        case .privacyErase: 15
        case .export: 16
        }
    }
}
