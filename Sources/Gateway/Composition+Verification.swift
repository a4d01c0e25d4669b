internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import Synchronization
internal import Telemetry

extension Composition {
    /// Opens the customers' database; nil where neither it nor its key is there, and then nobody can be verified.
    ///
    /// Customers who were made up for development are served on loopback alone.
    func openVerification(_ observation: Observation) throws(CommandFailure) -> VerificationDesk? {
        let (keyFile, database) = (path(configuration.verification.key), path(configuration.state.customers))
        guard SmallFile.exists(keyFile) || SmallFile.exists(database) else {
            observation.say(
                .info, "verification_off",
                "\(database) is not there: no customer can be verified. Make it with: portcullis customers init")
            return nil
        }
        let isLoopback = try BoundPorts.isLoopback(configuration.listener)
        do throws(AuthError) {
            return try VerificationDesk.open(
                path: database, key: try CustomerKey.read(keyFile),
                bounds: try VerificationDesk.Bounds(configuration.verification), isDevelopment: isLoopback)
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }
}

/// Puts on record what the command did with the customers.
final class CustomerActions: Sendable {
    private struct State {
        var isRunning = false, isFailing = false
        var last: Int64 = 0
    }

    private let desk: VerificationDesk
    private let state = Mutex(State())

    init(_ desk: VerificationDesk) { self.desk = desk }

    /// Puts what is new on record. What cannot be noted as recorded comes again after the next start: twice, not never.
    func record(in log: AuditLog, _ observation: Observation) async {
        guard set(\.isRunning, true) else { return }
        defer { _ = set(\.isRunning, false) }
        do throws(VerificationRefusal) {
            for action in try await desk.unrecordedActions(after: state.withLock { $0.last }) {
                let record = EncodedRecord.adminAction(
                    operator: nil, action: ReasonCode(action.action), target: Array("customers".utf8),
                    detail: .customers(count: UInt64(clamping: action.customers), operator: action.operator))
                // The log says what is wrong with it by itself.
                do throws(AuditError) { _ = try await log.append(record) } catch { return }
                state.withLock { $0.last = action.number }
                try await desk.markRecorded(action)
            }
            if set(\.isFailing, false) {
                observation.say(.warning, "customers_readable", "the database of customers can be read again")
            }
        } catch {
            guard case .storage(let error) = error, set(\.isFailing, true) else { return }
            observation.say(.error, "customers_unreadable", "\(error): no customer can be verified")
        }
    }

    /// - Returns: whether it was otherwise before.
    private func set(_ flag: any WritableKeyPath<State, Bool> & Sendable, _ value: Bool) -> Bool {
        state.withLock { state in
            guard state[keyPath: flag] != value else { return false }
            state[keyPath: flag] = value
            return true
        }
    }
}
