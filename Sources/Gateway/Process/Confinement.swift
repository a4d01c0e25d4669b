internal import LinuxIO
internal import Sandbox

/// Takes from the process what it does not need to serve, in the order in which it can still be done:
/// `becomeUser` and `confineToPaths` while there is one thread and the ports are bound, `confineToCalls` when everything is
/// open and running.
struct Confinement {
    let process: Configuration.ProcessSettings
    let needs: ProcessNeeds

    private var isSandboxed: Bool { process.sandbox == "on" }

    /// Becomes the configured user and gives up what root may do. Nothing is left to go back by.
    func becomeUser() throws(CommandFailure) {
        do throws(SandboxError) {
            if !process.user.isEmpty {
                try ProcessIdentity.expectOneThread()
                try ProcessIdentity.find(user: process.user, group: process.group.isEmpty ? nil : process.group)
                    .become()
            }
            if isSandboxed {
                try ProcessIdentity.expectOneThread()
                try ProcessIdentity.giveUpPrivileges()
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Makes the folders that a first start needs, then binds every thread that will be started to the paths of `needs`.
    func confineToPaths() throws(CommandFailure) {
        guard isSandboxed else { return }
        for folder in needs.folders { makeFolder(folder.path, mode: folder.mode) }
        var rules = Landlock()
        rules.readable = needs.readable
        rules.writable = needs.writable
        rules.connectPorts = needs.connectPorts
        do throws(SandboxError) {
            try ProcessIdentity.expectOneThread()
            try SystemCalls.expectFilters()
            Landlock.pin(ProcessNeeds.ownProcess)
            try rules.enforce()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Whether calls to other hosts, where there may be any, go to the ports of `needs` only. Without that, or with the
    /// sandbox off, they go anywhere; the latter is told by itself.
    var bindsPorts: Bool {
        guard isSandboxed, !needs.connectPorts.isEmpty, let version = try? Landlock.version() else { return true }
        return version >= Landlock.portsVersion
    }

    /// Binds every thread to the system calls of a gateway that serves.
    func confineToCalls() throws(CommandFailure) {
        guard isSandboxed else { return }
        do throws(SandboxError) {
            try SystemCalls.restrict(mayConnect: !needs.connectPorts.isEmpty)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What cannot be made here is told by whoever needs it, in words of its own.
    private func makeFolder(_ path: String, mode: UInt32) {
        do throws(FileError) {
            try FileDirectory.make(path, mode: mode)
            try FileDirectory.synchronise(path + "/..")
        } catch {}
    }
}
