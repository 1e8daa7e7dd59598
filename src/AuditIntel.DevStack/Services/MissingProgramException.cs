namespace AuditIntel.DevStack;

/// <summary>A server program is not installed. The message says how to get it.</summary>
public sealed class MissingProgramException(string program, string package)
    : Exception($"{program} is not installed. Install it (Debian, Ubuntu: apt-get install {package}), or say which server to use.")
{
    public string Program { get; } = program;
}
