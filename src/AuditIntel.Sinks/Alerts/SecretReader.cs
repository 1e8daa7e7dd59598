using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Channels;

namespace AuditIntel.Sinks.Alerts;

/// <summary>Secrets stand in environment variables or files that the configuration names, never in the configuration; no fault shows one.</summary>
internal sealed class SecretReader(Func<string, string?> environment)
{
    private const int LongestSecret = 8192;
    private const int LongestFile = 64 * 1024;

    /// <summary>The secret of the fields <c>nameEnv</c> or <c>nameFile</c>; null when neither is there, or it cannot be had.</summary>
    public ChannelSecret? Read(ConfigurationReader reader, string name)
    {
        string? variable = reader.Text(name + "Env");
        string? file = reader.Text(name + "File");
        if (variable is not null && file is not null)
        {
            reader.Fault(reader.Find(name + "File")!.Line, name + "File", $"and {name}Env are both given; keep one.");
            return null;
        }

        string? value = variable is not null ? FromVariable(reader, name + "Env", variable) : file is not null ? FromFile(reader, name + "File", file) : null;
        if (value is not null && (value.Length is 0 or > LongestSecret || value.Any(char.IsControl)))
        {
            string field = variable is not null ? name + "Env" : name + "File";
            reader.Fault(reader.Find(field)!.Line, field, $"leads to a secret that is empty, longer than {LongestSecret} characters or more than one line.");
            return null;
        }

        return value is null ? null : new ChannelSecret(value);
    }

    /// <summary>Whether one of the fields is there.</summary>
    public static bool IsNamed(ConfigurationReader reader, string name) => reader.Has(name + "Env") || reader.Has(name + "File");

    private string? FromVariable(ConfigurationReader reader, string field, string variable)
    {
        int line = reader.Find(field)!.Line;
        if (variable.Length > 200 || variable.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
        {
            // Not shown: it may be the secret itself.
            reader.Fault(line, field, "is no name of an environment variable; write the variable's name, not the secret.");
            return null;
        }

        string? value = environment(variable);
        if (string.IsNullOrEmpty(value))
        {
            reader.Fault(line, field, $"names the environment variable {variable}, which is not set.");
            return null;
        }

        return value;
    }

    private static string? FromFile(ConfigurationReader reader, string field, string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestFile })
            {
                reader.Fault(reader.Find(field)!.Line, field, "names a file that is larger than 64 KiB.");
                return null;
            }

            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reader.Fault(reader.Find(field)!.Line, field, $"names a file that cannot be read: {PlainText.Line(e.Message, 200)}");
            return null;
        }
    }
}
