using System.Globalization;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>
/// Mail as plain text (RFC 5322). Message-ID comes from the alert's id, so that a mail that is sent twice is known as one; a resolution answers the mail that it
/// resolves.
/// </summary>
internal sealed class EmailChannel(SmtpServer server, string from, IReadOnlyList<string> recipients) : IAlertChannel
{
    private const int EncodedWordBytes = 45;

    public Task SendAsync(Alert alert, CancellationToken cancellationToken) =>
        SmtpSession.SendAsync(server, from, recipients, Encoding.ASCII.GetBytes(Message(alert)), cancellationToken);

    public void Dispose()
    {
        // Every mail has a connection of its own.
    }

    /// <summary>Header and body: ASCII only, since the body is Base64, which also has no line that begins with a dot.</summary>
    internal string Message(Alert alert)
    {
        string domain = from[(from.LastIndexOf('@') + 1)..];
        var mail = new StringBuilder();
        Header(mail, "Date", alert.CreatedAt.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(mail, "From", from);
        Header(mail, "To", string.Join(",\r\n ", recipients));
        Header(mail, "Subject", Encoded(AlertFacts.Headline(alert)));
        Header(mail, "Message-ID", $"<{Token(AlertFacts.IdempotencyKey(alert))}@{domain}>");
        if (alert.Resolved)
        {
            string first = $"<{Token(alert.Id)}@{domain}>";
            Header(mail, "In-Reply-To", first);
            Header(mail, "References", first);
        }

        Header(mail, "Auto-Submitted", "auto-generated");
        Header(mail, "MIME-Version", "1.0");
        Header(mail, "Content-Type", "text/plain; charset=utf-8");
        Header(mail, "Content-Transfer-Encoding", "base64");
        mail.Append("\r\n");
        string body = Convert.ToBase64String(Encoding.UTF8.GetBytes(Body(alert)), Base64FormattingOptions.InsertLineBreaks);
        return mail.Append(body).Append("\r\n").ToString();
    }

    private static string Body(Alert alert)
    {
        var body = new StringBuilder();
        body.Append(AlertFacts.Headline(alert)).Append("\r\n\r\n").Append(AlertFacts.Summary(alert)).Append("\r\n\r\n");
        foreach ((string name, string value) in AlertFacts.Details(alert))
        {
            body.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return body.ToString();
    }

    // Values are made here or cleaned before: no line end can begin another header.
    private static void Header(StringBuilder mail, string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");

    /// <summary>Letters that a Message-ID may have.</summary>
    private static string Token(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '-'));

    /// <summary>Encoded words (RFC 2047) where there is more than ASCII.</summary>
    private static string Encoded(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var words = new List<string>();
        var word = new List<byte>();
        foreach (Rune rune in text.EnumerateRunes())
        {
            byte[] bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > EncodedWordBytes)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.AddRange(bytes);
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
