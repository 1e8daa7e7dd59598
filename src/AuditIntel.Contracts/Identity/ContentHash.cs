namespace AuditIntel.Contracts;

/// <summary>What makes two findings exact duplicates: one text but for blanks, line ends, letter case and invisible characters.</summary>
public static class ContentHash
{
    /// <returns>SHA-256 of the folded title and body, 64 hex digits.</returns>
    public static string Of(string title, string body) => Sha256Text.Of(TextNormalizer.Fold(title), TextNormalizer.Fold(body));
}
