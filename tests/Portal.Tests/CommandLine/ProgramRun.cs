using System.Diagnostics;
using Governance.Registry.Storage;

namespace Governance.Portal.Tests.CommandLine;

/// <summary>The real program in a process of its own, with the keys of an installation that are not those of this process.</summary>
internal static class ProgramRun
{
    /// <summary>Runs a command on an installation's data.</summary>
    public static async Task<CommandRun> OfAsync(RegistryOptions options, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "governance.dll"), .. args, "--data", options.DataFolder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["GOVERNANCE_KEK"] = (await File.ReadAllTextAsync(options.KeyFile!)).Trim();
        start.Environment["GOVERNANCE_SIGNING_KEYS"] = options.EffectiveSigningKeyFolder;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, await output, await error);
    }
}
