using AuditIntel.Contracts;
using AuditIntel.Topologies.Alerts;

namespace AuditIntel.Topologies.Tests.Alerts;

public sealed class AlertReadmeTests
{
    [Fact]
    public void ReadmeExample_ShouldBeValid()
    {
        string readme = File.ReadAllText(Path.Combine(Root(), "src", "AuditIntel.Topologies", "README.md"));
        string yaml = readme.Split("```yaml\n")[1].Split("```")[0];
        Assert.Equal(["large-transfer-of-a-suspect", "watched"], AlertRuleSet.Read(ConfigurationFile.Parse(yaml, "README.md")).Ids);
    }

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "AuditIntel.Streams.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("These tests run inside the repository.");
    }
}
