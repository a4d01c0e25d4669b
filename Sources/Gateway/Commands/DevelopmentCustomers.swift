/// The customers of a bank that does not exist, for development and demonstrations.
enum DevelopmentCustomers {
    /// As `customers import` reads them. The secret is that of RFC 6238's examples.
    static let file = """
        account,name,question,answer,totp_secret
        1001,Ada Lindqvist,What was the name of your first pet?,Rex,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
        1002,Ben Okafor,In which town were you born?,Lagos,
        1002,Grace Okafor,What was the name of your first school?,St. Mary's,
        1003,Carla Weiss,,,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
        """
}
