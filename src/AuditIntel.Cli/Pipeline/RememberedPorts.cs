using System.Text.Json;
using AuditIntel.DevStack;

namespace AuditIntel.Cli.Pipeline;

/// <summary>Ports of the embedded services, kept in the data folder so that they stay the same from run to run while they are free.</summary>
internal sealed record RememberedPorts(int Broker, int Registry, int Postgres, int Redis)
{
    private const string FileName = "ports.json";

    public static RememberedPorts Load(string dataDirectory)
    {
        string file = Path.Combine(dataDirectory, FileName);
        try
        {
            return (File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), RunningStackJson.Default.RememberedPorts) : null)
                ?? new RememberedPorts(0, 0, 0, 0);
        }
        catch (JsonException)
        {
            return new RememberedPorts(0, 0, 0, 0);
        }
    }

    public void Save(string dataDirectory) =>
        File.WriteAllText(Path.Combine(dataDirectory, FileName), JsonSerializer.Serialize(this, RunningStackJson.Default.RememberedPorts));

    /// <summary>A port that the user has set is taken as it is; a remembered one while it is free; otherwise any.</summary>
    public static int Choose(int configured, int remembered)
    {
        if (configured > 0)
        {
            return FreePort.IsFree(configured)
                ? configured
                : throw new InvalidOperationException($"Port {configured} is taken; choose another, or 0 for any free one.");
        }

        return FreePort.Choose(remembered);
    }
}
