using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts;

namespace AuditIntel.Sinks.Tests.Alerts;

public sealed class AlertChannelSetTests
{
    [Fact]
    public void BuiltIn_ShouldBeTheConsole() => Assert.Equal(["console"], AlertChannelSet.Load(null).Names);

    [Theory]
    [InlineData("", "channels: must have 1 to 100 channels by name")]
    [InlineData("channels: []", "channels: must have 1 to 100 channels by name")]
    [InlineData("channels: { C: { type: console } }", "the channel name 'C' must be 1 to 64 lower-case letters")]
    [InlineData("channels: { c: console }", "channel 'c' is text; it must have fields.")]
    [InlineData("channels: { c: {} }", "type of channel 'c' is missing; write type: webhook.")]
    [InlineData("channels: { c: { type: fax } }", "type of channel 'c' is 'fax'; give one of webhook, slack, pagerduty, email, alertmanager, console.")]
    [InlineData("channels: { c: { type: [console] } }", "type of channel 'c' is a list; it must be text.")]
    [InlineData("channels: { c: { type: console, url: x } }", "'url' of channel 'c' is unknown")]
    [InlineData("channels: { c: { type: console, rate: 5 } }", "rate of channel 'c' is '5'; give a number a second, minute or hour, such as 30/m.")]
    [InlineData("channels: { c: { type: console, rate: 0/s } }", "rate of channel 'c' is '0/s'")]
    [InlineData("channels: { c: { type: console, queue: 0 } }", "queue of channel 'c' is '0'; give a whole number from 1 to 100000.")]
    [InlineData("channels: { c: { type: console, timeout: 10 } }", "timeout of channel 'c' is '10'; give a time such as 30s")]
    [InlineData("channels: { c: { type: webhook } }", "url of channel 'c' is missing; write url: https://example.org/alerts")]
    [InlineData("channels: { c: { type: webhook, url: 'ftp://x' } }", "url of channel 'c' is no address that begins with http")]
    [InlineData("channels: { c: { type: webhook, url: 'https://u:p@x/' } }", "url of channel 'c' holds a user or password")]
    [InlineData("channels: { c: { type: webhook, url: 'https://x', secret: abc } }", "'secret' of channel 'c' is unknown; known are type, rate, burst")]
    [InlineData("channels: { c: { type: webhook, url: 'https://x', secretEnv: UNSET } }", "secretEnv of channel 'c' names the environment variable UNSET, which is not set.")]
    [InlineData("channels: { c: { type: webhook, url: 'https://x', secretFile: /nowhere/key } }", "secretFile of channel 'c' names a file that cannot be read")]
    [InlineData("channels: { c: { type: webhook, url: 'https://x', secretEnv: KEY, secretFile: /k } }", "secretFile of channel 'c' and secretEnv are both given; keep one.")]
    [InlineData("channels: { c: { type: webhook, url: 'https://x', secretEnv: LINES } }", "secretEnv of channel 'c' leads to a secret that is empty, longer than 8192 characters or more than one line.")]
    [InlineData("channels: { c: { type: slack, url: 'https://hooks.slack.com/services/T/B/TOKEN' } }", "url of channel 'c' is a secret and may not stand here")]
    [InlineData("channels: { c: { type: slack } }", "url of channel 'c' is missing; name the secret address in urlEnv or urlFile.")]
    [InlineData("channels: { c: { type: slack, urlEnv: PLAINURL } }", "urlEnv of channel 'c' would send secrets to example.org in the clear; use https.")]
    [InlineData("channels: { c: { type: pagerduty } }", "channel 'c' names no secret; name the routing key")]
    [InlineData("channels: { c: { type: pagerduty, url: 'http://events.example', secretEnv: KEY } }", "url of channel 'c' would send secrets to events.example in the clear")]
    [InlineData("channels: { c: { type: alertmanager, url: 'http://am', user: u } }", "user of channel 'c' has no password")]
    [InlineData("channels: { c: { type: email } }", "host of channel 'c' is missing")]
    [InlineData("channels: { c: { type: email, host: 'a b', from: a@b.c, to: a@b.c } }", "host of channel 'c' is no name or address of a server.")]
    [InlineData("channels: { c: { type: email, host: h, to: a@b.c } }", "from of channel 'c' is missing")]
    [InlineData("channels: { c: { type: email, host: h, from: a@b.c, to: ['x@y.z', 'nobody'] } }", "to of channel 'c' has 'nobody', which is no mail address.")]
    [InlineData("channels: { c: { type: email, host: h, from: a@b.c, to: \"a@b.c>\\r\\nRCPT TO:<x@y.z\" } }", "which is no mail address.")]
    [InlineData("channels: { c: { type: email, host: h, from: a@b.c, to: a@b.c, user: u } }", "channel 'c' needs user and secretEnv or secretFile together")]
    [InlineData("channels: { c: { type: email, host: h, from: a@b.c, to: a@b.c, user: u, secretEnv: KEY, tls: none } }", "would send its password in the clear")]
    [InlineData("channels: { c: { type: email, host: h, from: a@b.c, to: a@b.c, caFile: /nowhere } }", "caFile of channel 'c' cannot be read")]
    [InlineData("channels: { c: { type: email, host: h, from: a@b.c, to: a@b.c, tls: yes } }", "tls of channel 'c' is 'yes'; give one of starttls, implicit, none.")]
    [InlineData("chanels: { c: { type: console } }", "'chanels' is unknown; known are rules, channels.")]
    public void FaultyChannel_ShouldBeNamedWithItsLine(string yaml, string sentence)
    {
        var error = Assert.Throws<ConfigurationException>(() => AlertStack.Channels(yaml, ("KEY", "k-e-y-value"), ("LINES", "a\nb"), ("PLAINURL", "http://example.org/token")));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.All(error.Faults, fault => Assert.StartsWith("alerts.yaml, line 1: ", fault, StringComparison.Ordinal));
        Assert.DoesNotContain("k-e-y-value", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TOKEN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretInPlaceOfAVariablesName_ShouldNotBeShown()
    {
        var error = Assert.Throws<ConfigurationException>(() => AlertStack.Channels("channels: { c: { type: pagerduty, secretEnv: 'hunter2-is-my-key' } }"));
        Assert.Contains("is no name of an environment variable", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFaults_ShouldBeToldAtOnce()
    {
        const string yaml = "channels:\n  a: { type: fax }\n  b: { type: console, colour: red, rate: fast }\n  b: { type: console }\nrules: anything\n";
        var error = Assert.Throws<ConfigurationException>(() => AlertStack.Channels(yaml));
        Assert.Contains("line 4: 'b' stands here a second time", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ConfigurationException>(() => AlertStack.Channels(yaml.Replace("  b: { type: console }\n", "", StringComparison.Ordinal)));
        Assert.Equal(3, error.Faults.Count);
    }

    [Fact]
    public void SecretFile_ShouldBeReadWithoutItsLineEnd()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "https://hooks.slack.com/services/x\n");
            Assert.Equal(["c"], AlertStack.Channels($"channels: {{ c: {{ type: slack, urlFile: {path} }} }}").Names);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ReadmeExample_ShouldBeValid()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "AuditIntel.Streams.sln")))
        {
            root = root.Parent!;
        }

        string key = Path.GetTempFileName();
        try
        {
            File.WriteAllText(key, "routing-key");
            string yaml = File.ReadAllText(Path.Combine(root.FullName, "src", "AuditIntel.Sinks", "README.md")).Split("```yaml\n")[1].Split("```")[0]
                .Replace("/run/secrets/pagerduty-routing-key", key, StringComparison.Ordinal);
            AlertChannelSet channels = AlertStack.Channels(yaml, ("HOOK_KEY", "k"), ("SLACK_WEBHOOK", "https://hooks.slack.com/services/x"), ("SMTP_PASSWORD", "p"));
            Assert.Equal(["log", "hook", "chat", "pager", "mail", "prometheus"], channels.Names);

            // What the example says holds without them.
            Assert.Equal(AlertStack.Channels("channels: { c: { type: webhook, url: 'https://x' } }").Channels[0].Policy, channels.Channels[1].Policy);
        }
        finally
        {
            File.Delete(key);
        }
    }
}
