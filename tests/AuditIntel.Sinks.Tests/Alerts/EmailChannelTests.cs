using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Channels;

namespace AuditIntel.Sinks.Tests.Alerts;

public sealed class EmailChannelTests
{
    private const string Password = "pa55-word-of-test";

    [Fact]
    public async Task Mail_ShouldGoEncryptedAndAuthenticated()
    {
        await using var server = new SmtpReceiver();
        using IAlertChannel channel = Channel(server);
        Alert alert = AlertStack.Alert("a");

        await channel.SendAsync(alert, CancellationToken.None);

        Assert.Equal(
            ["EHLO auditintel", "STARTTLS", "EHLO auditintel", "AUTH PLAIN " + Base64("\0user\0" + Password), "MAIL FROM:<alerts@example.org>", "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "DATA", "QUIT"],
            server.Commands);
        string mail = Assert.Single(server.Mails);
        Assert.Contains("From: alerts@example.org\r\nTo: a@example.org,\r\n b@example.org\r\nSubject: [CRITICAL] Title of a\r\n", mail, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: <{alert.Id}@example.org>\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("Date: Fri, 17 May 2024 12:30:16 +0000\r\n", mail, StringComparison.Ordinal);
        string body = Body(mail);
        Assert.Contains("What happened.", body, StringComparison.Ordinal);
        Assert.Contains("Transaction: " + alert.TransactionHash, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolution_ShouldAnswerTheMailThatItResolves()
    {
        await using var server = new SmtpReceiver();
        using IAlertChannel channel = Channel(server);
        Alert alert = AlertStack.Alert("a") with { Resolved = true };
        await channel.SendAsync(alert, CancellationToken.None);
        string mail = Assert.Single(server.Mails);
        Assert.Contains($"Message-ID: <{alert.Id}.resolved@example.org>\r\nIn-Reply-To: <{alert.Id}@example.org>\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: [RESOLVED] Title of a\r\n", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostileText_ShouldAddNoHeaderAndNoCommand()
    {
        await using var server = new SmtpReceiver();
        using IAlertChannel channel = Channel(server);
        await channel.SendAsync(
            AlertStack.Alert("a") with
            {
                Id = "x>\r\nBcc: evil@example.org",
                Title = "ünder\r\nBcc: evil@example.org\r\n.\r\nMAIL FROM:<evil@example.org>",
                Summary = "\r\n.\r\nRCPT TO:<evil@example.org>\r\n" + new string('x', 100_000),
            },
            CancellationToken.None);
        string mail = Assert.Single(server.Mails);
        string header = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("\r\nBcc:", header, StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?B?", header, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.Contains("evil", StringComparison.Ordinal));
        Assert.All(mail.Split("\r\n"), line => Assert.InRange(line.Length, 0, 400));
        Assert.All(mail, letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public async Task TlsFromTheStart_ShouldWork_AndLoginWhereThereIsNoPlain()
    {
        await using var server = new SmtpReceiver { IsTlsFromTheStart = true, Features = "AUTH LOGIN" };
        using IAlertChannel channel = Channel(server, "implicit");
        await channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None);
        Assert.Equal(["EHLO auditintel", "AUTH LOGIN", Base64("user"), Base64(Password)], server.Commands.Take(4));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task NothingShouldBeSent_WhenTheServerDoesNotEncrypt()
    {
        await using var server = new SmtpReceiver { Features = "AUTH PLAIN" };
        using IAlertChannel channel = Channel(server);
        var error = await Assert.ThrowsAsync<ChannelUnavailableException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.Contains("does not offer STARTTLS", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingShouldBeSent_WhenAnswersCameBeforeEncryption()
    {
        await using var server = new SmtpReceiver { Injected = "\r\n250 injected" };
        using IAlertChannel channel = Channel(server);
        await Assert.ThrowsAsync<ChannelUnavailableException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingShouldBeSent_WhenTheCertificateIsNotTrusted()
    {
        await using var server = new SmtpReceiver();
        using IAlertChannel channel = AlertStack.Channel($"type: email, host: localhost, port: {server.Port}, from: a@example.org, to: b@example.org");
        var error = await Assert.ThrowsAsync<ChannelUnavailableException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("MAIL", "550 no such sender", false)]
    [InlineData("AUTH", "535 wrong", false)]
    [InlineData("MAIL", "421 too busy", true)]
    [InlineData("RCPT", "450 greylisted", true)]
    [InlineData("RCPT", "550 nobody", false)]
    [InlineData("the mail", "554 looks like spam", false)]
    [InlineData("the mail", "452 disk full", true)]
    [InlineData("EHLO", "hello there", true)]
    public async Task Answer_ShouldSayWhetherToTryAgain(string command, string answer, bool isPassing)
    {
        await using var server = new SmtpReceiver { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        using IAlertChannel channel = Channel(server);
        Exception? error = await Record.ExceptionAsync(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.Equal(isPassing ? typeof(ChannelUnavailableException) : typeof(ChannelRefusedException), error?.GetType());
    }

    [Fact]
    public async Task OtherRecipients_ShouldHaveTheMail_WhenOneIsRefused()
    {
        await using var server = new SmtpReceiver { Answer = line => line == "RCPT TO:<a@example.org>" ? "550 nobody" : null };
        using IAlertChannel channel = Channel(server);
        var error = await Assert.ThrowsAsync<ChannelRefusedException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.Contains("the other recipients have the mail", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Password_ShouldNotAppearInFaults_EvenWhenTheServerRepeatsIt()
    {
        await using var server = new SmtpReceiver { Answer = line => line.StartsWith("AUTH", StringComparison.Ordinal) ? $"535 not {line} nor {Password}" : null };
        using IAlertChannel channel = Channel(server);
        Exception error = await Assert.ThrowsAsync<ChannelRefusedException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.Contains("535", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Base64("\0user\0" + Password), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatDoesNotAnswer_ShouldEndWithTheAttempt()
    {
        await using var server = new SmtpReceiver { IsTlsFromTheStart = true };
        using IAlertChannel channel = Channel(server);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.SendAsync(AlertStack.Alert("a"), limit.Token));
    }

    private static IAlertChannel Channel(SmtpReceiver server, string tls = "starttls") => AlertStack.Channel(
        $"type: email, host: localhost, port: {server.Port}, tls: {tls}, caFile: {server.CaFile}, user: user, secretEnv: PASSWORD, from: alerts@example.org, to: [a@example.org, b@example.org]",
        ("PASSWORD", Password));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Body(string mail) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]));
}
