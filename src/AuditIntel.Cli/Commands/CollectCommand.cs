using System.CommandLine;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel collect</c>: live sources onto their topics.</summary>
internal static class CollectCommand
{
    public static Command Create() => new("collect", "Follow a live source onto its topics") { CollectChainCommand.Create() };
}
