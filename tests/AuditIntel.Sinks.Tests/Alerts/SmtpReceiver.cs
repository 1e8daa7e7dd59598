using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AuditIntel.Sinks.Tests.Alerts;

/// <summary>A mail server on loopback with a certificate of its own making: EHLO, STARTTLS, AUTH PLAIN and LOGIN, MAIL, RCPT, DATA, QUIT.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly Task _loop;

    public SmtpReceiver()
    {
        _listener.Start();
        File.WriteAllText(CaFile, _certificate.ExportCertificatePem());
        _loop = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string CaFile { get; } = Path.GetTempFileName();

    public string Features { get; init; } = "STARTTLS\nAUTH LOGIN PLAIN";

    public bool IsTlsFromTheStart { get; init; }

    /// <summary>Bytes that come with the answer to STARTTLS, as somebody in between might put there.</summary>
    public string Injected { get; init; } = "";

    /// <summary>An answer to a command in place of the usual one; null for the usual one.</summary>
    public Func<string, string?> Answer { get; init; } = _ => null;

    public ConcurrentQueue<string> Commands { get; } = new();

    public ConcurrentQueue<string> Mails { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _certificate.Dispose();
        _stop.Dispose();
        File.Delete(CaFile);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await ServeAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The other side hung up: the test looks at what came before.
            }
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        if (IsTlsFromTheStart)
        {
            stream = await EncryptAsync(stream);
        }

        await SayAsync(stream, "220 test ESMTP");
        while (await ReadLineAsync(stream) is { } line)
        {
            Commands.Enqueue(line);
            if (Answer(line) is { } answer)
            {
                await SayAsync(stream, answer);
            }
            else if (line.StartsWith("EHLO", StringComparison.Ordinal))
            {
                string[] features = ["test", .. Features.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
                await SayAsync(stream, string.Join("\r\n", features.Select((feature, i) => (i < features.Length - 1 ? "250-" : "250 ") + feature)));
            }
            else if (line == "STARTTLS")
            {
                await SayAsync(stream, "220 go" + Injected);
                stream = await EncryptAsync(stream);
            }
            else if (line == "DATA")
            {
                await SayAsync(stream, "354 go");
                await TakeMailAsync(stream);
            }
            else if (line == "AUTH LOGIN" || line == Convert.ToBase64String("user"u8))
            {
                await SayAsync(stream, "334 next");
            }
            else if (line == "QUIT")
            {
                await SayAsync(stream, "221 bye");
                return;
            }
            else
            {
                await SayAsync(stream, "250 ok");
            }
        }
    }

    private async Task TakeMailAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line)
        {
            if (line == ".")
            {
                Mails.Enqueue(mail.ToString());
                await SayAsync(stream, Answer("the mail") ?? "250 taken");
                return;
            }

            mail.Append(line).Append("\r\n");
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(_certificate);
        return encrypted;
    }

    private static Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n")).AsTask();

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) > 0)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
