using System.CommandLine;

namespace Governance.Portal.CommandLine;

/// <summary>All commands, in the order of the help.</summary>
internal static class Commands
{
    public static IEnumerable<Command> All(TextWriter output, TextWriter error) =>
    [
    ];
}
