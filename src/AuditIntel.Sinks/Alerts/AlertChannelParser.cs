using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Channels;
using AuditIntel.Sinks.Alerts.Delivery;

namespace AuditIntel.Sinks.Alerts;

/// <summary>Turns the <c>channels:</c> section into channels.</summary>
internal sealed class AlertChannelParser(ConfigurationFile file, Func<string, string?> environment)
{
    /// <summary>Most channels of a file.</summary>
    public const int MostChannels = 100;

    private static readonly Uri Nowhere = new("http://localhost/");

    private readonly ConfigurationFaults _faults = new(file.Name);
    private readonly SecretReader _secrets = new(environment);

    private enum Kind
    {
        Webhook,
        Slack,
        PagerDuty,
        Email,
        Alertmanager,
        Console,
    }

    private static readonly (string, Kind)[] Kinds =
    [
        ("webhook", Kind.Webhook), ("slack", Kind.Slack), ("pagerduty", Kind.PagerDuty), ("email", Kind.Email), ("alertmanager", Kind.Alertmanager), ("console", Kind.Console),
    ];

    public AlertChannelSet Parse()
    {
        AlertConfiguration.CheckSections(file, _faults);
        ConfigurationNode? section = file.Section(AlertConfiguration.ChannelsSection);
        var channels = new List<AlertChannelPlan>();
        if (section?.Fields is not { Count: > 0 and <= MostChannels } fields)
        {
            _faults.Add(section?.Line ?? 1, $"channels: must have 1 to {MostChannels} channels by name, such as console: {{ type: console }}.");
        }
        else
        {
            channels.AddRange(fields.Select(Channel).OfType<AlertChannelPlan>());
        }

        _faults.ThrowIfAny();
        return new AlertChannelSet(channels);
    }

    private AlertChannelPlan? Channel(ConfigurationField field)
    {
        string shown = PlainText.Line(field.Name, AlertConfiguration.LongestName);
        if (!AlertConfiguration.IsName(field.Name))
        {
            _faults.Add(field.Line, $"the channel name '{shown}' must be 1 to {AlertConfiguration.LongestName} lower-case letters, digits, '-', '_' or '.'.");
        }

        var reader = new ConfigurationReader(field.Value, _faults, $"channel '{shown}'");
        string type = reader.RequiredText("type", "webhook");
        Kind? kind = type.Length == 0 ? null : reader.Choice("type", Kinds);
        if (kind is null)
        {
            // Which fields belong here is not known: nothing more can be said of it.
            return null;
        }

        ChannelPolicy policy = Policy(reader, kind.Value);
        Func<TimeProvider, TextWriter, IAlertChannel> open = kind.Value switch
        {
            Kind.Webhook => Webhook(reader),
            Kind.Slack => Slack(reader),
            Kind.PagerDuty => PagerDuty(reader),
            Kind.Email => Email(reader),
            Kind.Alertmanager => Alertmanager(reader),
            Kind.Console => (_, output) => new ConsoleChannel(output),
            _ => throw new InvalidOperationException($"Channel type {kind} has no reader."),
        };
        reader.End();
        return new AlertChannelPlan(field.Name, policy, open);
    }

    private static ChannelPolicy Policy(ConfigurationReader reader, Kind kind)
    {
        var usual = new ChannelPolicy();
        if (kind is Kind.Alertmanager or Kind.Console or Kind.Webhook)
        {
            // Machines and files read faster than people.
            usual = usual with { Rate = 50, Burst = 200, Queue = 1000 };
        }

        return usual with
        {
            Rate = Rate(reader) ?? usual.Rate,
            Burst = reader.Integer("burst", 1, 100_000) ?? usual.Burst,
            Queue = reader.Integer("queue", 1, 100_000) ?? usual.Queue,
            Timeout = reader.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)) ?? usual.Timeout,
            GiveUpAfter = reader.Duration("giveUpAfter", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) ?? usual.GiveUpAfter,
            BreakFor = reader.Duration("breakFor", TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1)) ?? usual.BreakFor,
        };
    }

    private static double? Rate(ConfigurationReader reader)
    {
        string? text = reader.Text("rate");
        if (text is null)
        {
            return null;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        double seconds = slash < 1 ? 0 : text[(slash + 1)..] switch { "s" => 1, "m" => 60, "h" => 3600, _ => 0 };
        if (seconds > 0 && int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 1_000_000)
        {
            return count / seconds;
        }

        reader.Fault(reader.Find("rate")!.Line, "rate", $"is '{PlainText.Line(text, 60)}'; give a number a second, minute or hour, such as 30/m.");
        return null;
    }

    private Func<TimeProvider, TextWriter, IAlertChannel> Webhook(ConfigurationReader reader)
    {
        ChannelAddress address = Address(reader, "https://example.org/alerts", mayBeOpen: true, mayBeShown: true);
        ChannelSecret? secret = _secrets.Read(reader, "secret");
        return (clock, _) => new WebhookChannel(address, secret, clock);
    }

    private Func<TimeProvider, TextWriter, IAlertChannel> Slack(ConfigurationReader reader)
    {
        ChannelAddress address = Address(reader, "", mayBeOpen: false, mayBeShown: false);
        return (clock, _) => new SlackChannel(address, clock);
    }

    private Func<TimeProvider, TextWriter, IAlertChannel> PagerDuty(ConfigurationReader reader)
    {
        ChannelAddress service = reader.Has("url") ? Address(reader, "", mayBeOpen: false, mayBeShown: true) : new ChannelAddress(new Uri("https://events.pagerduty.com"), false);
        reader.Find("url");
        ChannelSecret key = RequiredSecret(reader, "the routing key of the integration");
        return (clock, _) => new PagerDutyChannel(service, key, clock);
    }

    private Func<TimeProvider, TextWriter, IAlertChannel> Alertmanager(ConfigurationReader reader)
    {
        ChannelAddress server = Address(reader, "http://alertmanager:9093", mayBeOpen: true, mayBeShown: true);
        string? user = reader.Text("user");
        ChannelSecret? secret = _secrets.Read(reader, "secret");
        if (user is not null && !SecretReader.IsNamed(reader, "secret"))
        {
            reader.Fault(reader.Find("user")!.Line, "user", "has no password; name it in secretEnv or secretFile.");
        }

        TimeSpan lasts = reader.Duration("lasts", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)) ?? TimeSpan.FromHours(1);
        return (clock, _) => new AlertmanagerChannel(server, user, secret, lasts, clock);
    }

    private Func<TimeProvider, TextWriter, IAlertChannel> Email(ConfigurationReader reader)
    {
        string host = reader.RequiredText("host", "mail.example.org", 253);
        if (host.Length > 0 && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            reader.Fault(reader.Find("host")!.Line, "host", "is no name or address of a server.");
        }

        SmtpSecurity security = reader.Choice("tls", [("starttls", SmtpSecurity.StartTls), ("implicit", SmtpSecurity.Implicit), ("none", SmtpSecurity.None)]) ?? SmtpSecurity.StartTls;
        int port = reader.Integer("port", 1, 65535) ?? (security == SmtpSecurity.Implicit ? 465 : 587);
        string? user = reader.Text("user");
        ChannelSecret? password = _secrets.Read(reader, "secret");
        bool hasPassword = SecretReader.IsNamed(reader, "secret");
        if (user is null == hasPassword)
        {
            reader.Fault("needs user and secretEnv or secretFile together, or none of them.");
        }

        if (hasPassword && security == SmtpSecurity.None && !IsHere(host))
        {
            reader.Fault("would send its password in the clear; set tls: starttls or implicit.");
        }

        X509Certificate2Collection? authorities = Authorities(reader);
        string from = MailAddresses(reader, "from", "alerts@example.org").FirstOrDefault() ?? "";
        IReadOnlyList<string> to = MailAddresses(reader, "to", "[oncall@example.org]");
        var server = new SmtpServer(host, port, security, user, password, authorities);
        return (_, _) => new EmailChannel(server, from, to);
    }

    private static X509Certificate2Collection? Authorities(ConfigurationReader reader)
    {
        string? path = reader.Text("caFile");
        if (path is null)
        {
            return null;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            if (authorities.Count > 0)
            {
                return authorities;
            }

            reader.Fault(reader.Find("caFile")!.Line, "caFile", "holds no certificate in PEM form.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            reader.Fault(reader.Find("caFile")!.Line, "caFile", $"cannot be read: {PlainText.Line(e.Message, 200)}");
        }

        return null;
    }

    private static List<string> MailAddresses(ConfigurationReader reader, string name, string example)
    {
        var addresses = new List<string>();
        if (!reader.Has(name))
        {
            reader.Fault(reader.Line, name, $"is missing; write {name}: {example}.");
        }

        foreach ((string text, int line) in reader.Texts(name))
        {
            // Plain ASCII addresses only: what goes into a command must hold nothing that ends it.
            bool isPlain = text.All(letter => char.IsAscii(letter) && !char.IsControl(letter) && letter is not ('<' or '>' or ' ' or '"' or ',' or ';'));
            if (isPlain && MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text)
            {
                addresses.Add(text);
            }
            else
            {
                reader.Fault(line, name, $"has '{PlainText.Line(text, 60)}', which is no mail address.");
            }
        }

        return addresses;
    }

    /// <param name="reader">The channel.</param>
    /// <param name="example">What the address looks like; empty when it is secret.</param>
    /// <param name="mayBeOpen">Whether http is taken from other machines, too.</param>
    /// <param name="mayBeShown">Whether it may stand in the file.</param>
    private ChannelAddress Address(ConfigurationReader reader, string example, bool mayBeOpen, bool mayBeShown)
    {
        string field = reader.Has("url") ? "url" : reader.Has("urlEnv") ? "urlEnv" : "urlFile";
        string? shown = mayBeShown ? reader.Text("url") : null;
        ChannelSecret? hidden = _secrets.Read(reader, "url");
        if (!reader.Has("url") && !SecretReader.IsNamed(reader, "url"))
        {
            string how = mayBeShown && example.Length > 0 ? $"write url: {example}, or name it in urlEnv or urlFile." : "name the secret address in urlEnv or urlFile.";
            reader.Fault(reader.Line, "url", "is missing; " + how);
        }
        else if (!mayBeShown && reader.Has("url"))
        {
            reader.Find("url");
            reader.Fault(reader.Line, "url", "is a secret and may not stand here; name it in urlEnv or urlFile.");
        }
        else if (shown is not null && hidden is not null)
        {
            reader.Fault(reader.Line, "url", "is given twice; keep one of url, urlEnv and urlFile.");
        }

        string? text = shown ?? hidden?.Reveal();
        if (text is null)
        {
            return new ChannelAddress(Nowhere, false);
        }

        int line = reader.Find(field)!.Line;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            reader.Fault(line, field, "is no address that begins with http:// or https://.");
            return new ChannelAddress(Nowhere, false);
        }

        if (url.UserInfo.Length > 0)
        {
            reader.Fault(line, field, "holds a user or password; name the secret in secretEnv or secretFile.");
        }

        if (url.Scheme == "http" && !mayBeOpen && !IsHere(url.Host))
        {
            reader.Fault(line, field, $"would send secrets to {url.Host} in the clear; use https.");
        }

        return new ChannelAddress(url, hidden is not null || url.Query.Length > 0);
    }

    private ChannelSecret RequiredSecret(ConfigurationReader reader, string what)
    {
        ChannelSecret? secret = _secrets.Read(reader, "secret");
        if (!SecretReader.IsNamed(reader, "secret"))
        {
            reader.Fault($"names no secret; name {what} in secretEnv or secretFile.");
        }

        return secret ?? new ChannelSecret("missing");
    }

    private static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
