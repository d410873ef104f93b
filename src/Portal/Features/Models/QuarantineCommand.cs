using System.Runtime.InteropServices;
using Governance.Audit.Quarantine;

namespace Governance.Portal.Features.Models;

/// <summary>
/// <c>governance quarantine</c>: the child process that tries a model. Not in the help, because only this program calls
/// it: it speaks in frames on its standard streams.
/// </summary>
internal static class QuarantineCommand
{
    /// <summary>The only word of its command line.</summary>
    public const string Name = "quarantine";

    /// <summary>How this program starts itself as that child: as it was started itself, or by its file where it runs inside another program.</summary>
    public static QuarantineOptions Options { get; } = new() { Command = OwnCommand() };

    /// <summary>Runs the child.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 2;
        }

        await using Stream input = Console.OpenStandardInput();
        await using Stream output = Console.OpenStandardOutput();
        return await QuarantineChild.RunAsync(input, output, CancellationToken.None);
    }

    private static string[] OwnCommand()
    {
        string program = Environment.ProcessPath ?? "";
        string name = typeof(QuarantineCommand).Assembly.GetName().Name!;
        if (Path.GetFileNameWithoutExtension(program) == name)
        {
            return [program, Name];
        }

        // Inside another program (a test, a benchmark) the library lies beside it, and the runtime's own host starts it.
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return [host, Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), Name];
    }
}
