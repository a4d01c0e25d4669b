import Testing

@testable import Gateway

@Suite struct `A file of customers` {
    private static let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    @Test func `names its columns in any order`() {
        let file = CustomerFile(
            Array(
                """
                totp_digits,name,account,totp_secret,totp_hash,question,answer
                ,Ada,1,,,"First, really?",Rex\r
                8,"Ben ""B"" Okafor",1,\(Self.secret),sha256,,

                ,Zoë,2,\(Self.secret),,Colour?,Blue
                """.utf8))
        #expect(file.faults.isEmpty && file.drafts.count == 3, "\(file.faults)")
    }

    @Test(arguments: [
        ("", "line 1: there is no header"), ("name,question\n", "line 1: the header"),
        ("account,name,pin\n", "line 1: the header"), ("account,name,name\n", "line 1: the header"),
        ("account,name,question,answer\n", "line 2: there is no customer"),
        ("account,name,question,answer\n1,n,q\n", "line 2: found 3 columns, wanted 4"),
        ("account,name,question,answer\n1,n,q,\"a\n", "line 2: a quote"),
        ("account,name,question,answer\n1,n,,\n", "line 2: question: found neither this nor totp_secret"),
        ("account,name,question,answer\n1,n,q,\n", "line 2: answer: found one of question and answer"),
        ("account,name,question,answer\n1,n,q,-\n", "line 2: answer"),
        ("account,name,question,answer\n-,n,q,a\n", "line 2: account and name"),
        ("account,name,question,answer\n1,N n,q,a\n2,x,q,a\n 1,nn,q,b\n", "line 4: the same customer is on line 2"),
        ("account,name,totp_secret\n1,n,0000\n", "line 2: totp_secret"),
        ("account,name,totp_secret\n1,n,GEZDGNBV\n", "line 2: one-time code secret: found 5 bytes"),
        ("account,name,totp_secret,totp_digits\n1,n,\(secret),9\n", "line 2: one-time code: found 9 digits"),
        ("account,name,totp_secret,totp_digits\n1,n,\(secret),x\n", "line 2: totp_digits"),
        ("account,name,totp_secret,totp_hash\n1,n,\(secret),md5\n", "line 2: totp_hash"),
    ])
    func `that is wrong is told of by the line, and nothing of it is shown`(text: String, fault: String) {
        let file = CustomerFile(Array(text.utf8))
        #expect(file.faults.count == 1 && file.faults[0].hasPrefix(fault), "\(file.faults)")
    }

    @Test func `tells of so many rows and no more`() {
        let rows = String(repeating: "-,n,q,a\n", count: CustomerFile.faultsMax + 5)
        let file = CustomerFile(Array("account,name,question,answer\n\(rows)".utf8))
        #expect(file.faults.count == CustomerFile.faultsMax)
    }

    @Test func `for development is one`() {
        let file = CustomerFile(Array(DevelopmentCustomers.file.utf8))
        #expect(file.faults.isEmpty && file.drafts.count == 4)
    }
}
