using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>
/// One mail over one connection (RFC 5321). Written here because the framework's SmtpClient knows no implicit TLS, no AUTH PLAIN and no trust of one's own, and
/// does not tell a recipient refused for now from one refused for good.
/// </summary>
internal sealed class SmtpSession : IDisposable
{
    private const int LongestLine = 2048;
    private const int MostLines = 100;

    private readonly SmtpServer _server;
    private readonly TcpClient _tcp = new();
    private readonly byte[] _buffer = new byte[4096];
    private readonly List<ChannelSecret> _secrets = [];
    private Stream _stream = Stream.Null;
    private int _at;
    private int _filled;

    private SmtpSession(SmtpServer server)
    {
        _server = server;
        if (server.Password is { } password)
        {
            _secrets.Add(password);
        }
    }

    /// <summary>Sends one mail.</summary>
    /// <param name="server">Through which server.</param>
    /// <param name="from">Sender address.</param>
    /// <param name="recipients">Addresses.</param>
    /// <param name="message">Header and body, CRLF lines of at most 998 bytes, none of which begins with a dot.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ChannelRefusedException">5xx answers; also when only some recipients were refused: the others have it then.</exception>
    /// <exception cref="ChannelUnavailableException">No connection, 4xx answers.</exception>
    public static async Task SendAsync(
        SmtpServer server, string from, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var session = new SmtpSession(server);
        try
        {
            await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            await session.AskAsync($"MAIL FROM:<{from}>", "2", cancellationToken).ConfigureAwait(false);
            string? refused = await session.NameRecipientsAsync(recipients, cancellationToken).ConfigureAwait(false);
            await session.AskAsync("DATA", "3", cancellationToken).ConfigureAwait(false);
            await session._stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            await session.AskAsync(".", "2", cancellationToken).ConfigureAwait(false);
            await session.QuitAsync(cancellationToken).ConfigureAwait(false);
            if (refused is not null)
            {
                throw new ChannelRefusedException($"{refused}; the other recipients have the mail");
            }
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            string what = e is AuthenticationException ? "has no certificate that can be trusted" : "cannot be reached";
            throw new ChannelUnavailableException(session.Redact($"{server} {what}: {e.GetBaseException().Message}"));
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _tcp.ConnectAsync(_server.Host, _server.Port, cancellationToken).ConfigureAwait(false);
        _stream = _tcp.GetStream();
        if (_server.Security == SmtpSecurity.Implicit)
        {
            await EncryptAsync(cancellationToken).ConfigureAwait(false);
        }

        await AnswerAsync("the greeting", "2", cancellationToken).ConfigureAwait(false);
        string features = await AskAsync("EHLO auditintel", "2", cancellationToken).ConfigureAwait(false);
        if (_server.Security == SmtpSecurity.StartTls)
        {
            if (!Has(features, "STARTTLS"))
            {
                throw new ChannelUnavailableException($"{_server} does not offer STARTTLS; nothing is sent in the clear");
            }

            await AskAsync("STARTTLS", "2", cancellationToken).ConfigureAwait(false);
            if (_at < _filled)
            {
                // Somebody in between may have put answers in before encryption began (CVE-2011-0411).
                throw new ChannelUnavailableException($"{_server} sent more than the answer to STARTTLS");
            }

            await EncryptAsync(cancellationToken).ConfigureAwait(false);
            features = await AskAsync("EHLO auditintel", "2", cancellationToken).ConfigureAwait(false);
        }

        if (_server is { User: { } user, Password: { } password })
        {
            await AuthenticateAsync(features, user, password, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AuthenticateAsync(string features, string user, ChannelSecret password, CancellationToken cancellationToken)
    {
        string? methods = features.Split('\n').FirstOrDefault(line => line.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase));
        string[] offered = methods?.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (offered.Contains("PLAIN"))
        {
            string token = Encoded($"\0{user}\0{password.Reveal()}");
            await AskAsync("AUTH PLAIN " + token, "2", cancellationToken, "AUTH PLAIN").ConfigureAwait(false);
        }
        else if (offered.Contains("LOGIN"))
        {
            await AskAsync("AUTH LOGIN", "3", cancellationToken).ConfigureAwait(false);
            await AskAsync(Encoded(user), "3", cancellationToken, "the user").ConfigureAwait(false);
            await AskAsync(Encoded(password.Reveal()), "2", cancellationToken, "the password").ConfigureAwait(false);
        }
        else
        {
            throw new ChannelRefusedException($"{_server} offers neither AUTH PLAIN nor AUTH LOGIN");
        }
    }

    /// <returns>What was said of the first recipient that was refused for good; null when all were taken.</returns>
    private async Task<string?> NameRecipientsAsync(IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        string? refused = null;
        int taken = 0;
        foreach (string recipient in recipients)
        {
            try
            {
                await AskAsync($"RCPT TO:<{recipient}>", "2", cancellationToken).ConfigureAwait(false);
                taken++;
            }
            catch (ChannelRefusedException e)
            {
                refused ??= e.Message;
            }
        }

        return taken > 0 ? refused : throw new ChannelRefusedException(refused ?? $"{_server} was given no recipient");
    }

    private async Task QuitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync("QUIT", "2", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ChannelUnavailableException or ChannelRefusedException)
        {
            // The mail is taken; how the server says good-bye does not matter.
        }
    }

    private async Task EncryptAsync(CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = encrypted;
        var options = new SslClientAuthenticationOptions { TargetHost = _server.Host };
        if (_server.Authorities is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        await encrypted.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> AskAsync(string command, string expected, CancellationToken cancellationToken, string? shown = null)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken).ConfigureAwait(false);
        return await AnswerAsync(shown ?? command, expected, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The lines of the answer without their codes, with line feeds between.</returns>
    private async Task<string> AnswerAsync(string command, string expected, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        for (int i = 0; i < MostLines; i++)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                throw new ChannelUnavailableException($"{_server} does not speak SMTP");
            }

            text.Append(line.AsSpan(Math.Min(4, line.Length))).Append('\n');
            if (line.Length == 3 || line[3] != '-')
            {
                return line.StartsWith(expected, StringComparison.Ordinal) ? text.ToString() : throw Fault(command, code, text.ToString());
            }
        }

        throw new ChannelUnavailableException($"{_server} answers without end");
    }

    private Exception Fault(string command, int code, string text)
    {
        string message = Redact(string.Create(CultureInfo.InvariantCulture, $"{_server} answered {code} to {PlainText.Line(command, 80)}: {PlainText.Line(text, 200).Trim()}"));
        return code >= 500 ? new ChannelRefusedException(message) : new ChannelUnavailableException(message);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < LongestLine)
        {
            if (_at == _filled)
            {
                (_at, _filled) = (0, await _stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
                if (_filled == 0)
                {
                    throw new IOException("the connection was closed");
                }
            }

            char letter = (char)_buffer[_at++];
            if (letter == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(letter);
        }

        throw new ChannelUnavailableException($"{_server} sent a line that is too long");
    }

    private string Redact(string text) => _secrets.Aggregate(text, (shown, secret) => secret.Redact(shown));

    private static bool Has(string features, string name) => features.Split('\n').Any(line => line.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Base64 hides nothing, and some servers repeat what they do not understand: the encoded form is a secret as well.</summary>
    private string Encoded(string secret)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        _secrets.Add(new ChannelSecret(encoded));
        return encoded;
    }
}
