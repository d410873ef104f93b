using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Serve;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Ledger;

/// <summary><c>governance witness</c>: a small program for another machine, which keeps a ledger's last checkpoint and refuses one that contradicts it.</summary>
internal static class WitnessCommand
{
    private const int MostBytes = 1 << 16;

    private static readonly Option<string[]> Key = new("--key")
    {
        Description = "The public key of the installation that is watched; one more for each rotation.", HelpName = "PUB.pem", Required = true,
    };

    private static readonly Option<string> State = new("--state")
    {
        Description = "The folder of the last checkpoint and of the witness's own key.", HelpName = "DIR", Required = true,
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "The witness's name in its signatures, without spaces.", DefaultValueFactory = _ => "governance/witness", HelpName = "NAME",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "witness", "Watch another installation's ledger: keep its last checkpoint, refuse one that contradicts it.", RunAsync,
        Key, State, Name, ServeCommand.Urls);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        List<InstallationKey> trusted = [];
        foreach (string file in context.Arguments.GetValue(Key)!)
        {
            trusted.Add(await CheckpointFlags.KeyAsync(file, cancellationToken));
        }

        string folder = Path.GetFullPath(context.Arguments.GetValue(State)!);
        Directory.CreateDirectory(folder);
        string name = context.Arguments.GetValue(Name)!;
        if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+'))
        {
            throw new InputException("--name takes a name without spaces and plus.");
        }

        using SigningKeys keys = new(new RegistryOptions { DataFolder = Path.Combine(folder, "none"), SigningKeyFolder = Path.Combine(folder, "keys") });
        using WitnessState witness = new(Path.Combine(folder, "checkpoint.txt"), trusted, keys, name);
        await using WebApplication app = Build(witness, keys, context.Arguments.GetValue(ServeCommand.Urls)!);
        await app.StartAsync(cancellationToken);
        await context.People.WriteLineAsync($"Witness {name} listens on {string.Join(", ", app.Urls)}; its key is {keys.Current.Fingerprint.Hex}. Ctrl+C stops it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>The three addresses of a witness.</summary>
    internal static WebApplication Build(WitnessState witness, SigningKeys keys, string urls)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MostBytes);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapPost("/add-checkpoint", async (HttpContext http, CancellationToken cancelled) =>
        {
            using StreamReader reader = new(http.Request.Body, System.Text.Encoding.UTF8);
            WitnessAnswer answer = await witness.AddAsync(await reader.ReadToEndAsync(cancelled), cancelled);
            return Results.Text(answer.Body, answer.Status == StatusCodes.Status409Conflict ? "text/x.tlog.size" : "text/plain", statusCode: answer.Status);
        });
        app.MapGet("/checkpoint", () => witness.Last is string note ? Results.Text(note) : Results.NotFound());
        app.MapGet("/key.pem", () => Results.Text(keys.Current.Pem));
        return app;
    }
}
