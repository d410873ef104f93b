using System.Text.Json;
using Governance.Portal.CommandLine;
using Governance.Registry.Storage;

namespace Governance.Portal.Tests.CommandLine;

/// <summary>One run of the command line inside the test process.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    /// <summary>Runs a command on the data of an installation that has the key of this process.</summary>
    public static Task<CommandRun> OnAsync(RegistryOptions options, params string[] args) => OfAsync([.. args, "--data", options.DataFolder]);

    public static async Task<CommandRun> OfAsync(params string[] args)
    {
        await using StringWriter output = new();
        await using StringWriter error = new();
        int code = await GovernanceCommand.RunAsync(args, output, error, CancellationToken.None);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
