using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Serving;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Alerts;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Features.Ledger;
using Governance.Portal.Features.Serving;

namespace Governance.Portal.Features.Serve;

/// <summary><c>governance serve</c>: the portal until it is stopped.</summary>
internal static class ServeCommand
{
    internal static readonly Option<string> Urls = new("--urls")
    {
        Description = "The addresses to listen on, separated by ';'.",
        DefaultValueFactory = _ => new PortalOptions().Urls,
        HelpName = "URLS",
    };

    private static readonly Option<string?> Oidc = new("--oidc")
    {
        Description = $"A file that says which OpenID Connect provider people may sign in with; {OidcSettings.Variable} names it as well.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Hosts = new("--host")
    {
        Description = "A name by which browsers reach the portal, such as its proxy's; by default those of the addresses.",
        HelpName = "NAME[,NAME]",
    };

    private static readonly Option<string> SecondFactor = NewSecondFactor();

    private static readonly Option<string?> PasskeyDomain = new("--passkey-domain")
    {
        Description = "The domain that passkeys are bound to; that of the first address by default.",
        HelpName = "DOMAIN",
    };

    private static readonly Option<string?> Otlp = new("--otlp")
    {
        Description = $"The collector that measurements are sent to by OTLP over HTTP; {Telemetry.Variable} names it as well. Nothing is sent without one.",
        HelpName = "URL",
    };

    private static readonly Option<int?> ModelMemory = new("--model-memory")
    {
        Description = "The most memory of all served models together, in MiB; a quarter of the machine's by default.",
        HelpName = "MIB",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "serve", "Serve the portal.", RunAsync,
        Urls, Hosts, Oidc, DataOptions.Data, DataOptions.Connection, DataOptions.MostDataset, SecondFactor, PasskeyDomain,
        CheckpointFlags.File, CheckpointFlags.Witnesses, CheckpointFlags.Mail, AlertFlags.Mail, Otlp, ModelMemory);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? oidc = context.Arguments.GetValue(Oidc) ?? Environment.GetEnvironmentVariable(OidcSettings.Variable);
        await using WebApplication app = PortalHost.Build(new PortalOptions
        {
            Urls = context.Arguments.GetValue(Urls)!,
            Hosts = [.. EnumList.Words(context.Arguments.GetValue(Hosts))],
            Registry = DataOptions.Read(context.Arguments) with
            {
                Checkpoints = await CheckpointFlags.ReadAsync(context.Arguments, cancellationToken),
                AlertMail = await AlertFlags.ReadAsync(context.Arguments, cancellationToken),
            },
            Oidc = string.IsNullOrEmpty(oidc) ? null : await OidcSettings.ReadAsync(oidc, cancellationToken),
            RequireSecondFactor = context.Arguments.GetValue(SecondFactor) == "required",
            PasskeyDomain = context.Arguments.GetValue(PasskeyDomain),
            Otlp = CollectorOf(context.Arguments.GetValue(Otlp) ?? Environment.GetEnvironmentVariable(Telemetry.Variable)),
            Serving = context.Arguments.GetValue(ModelMemory) is int most
                ? new ServingOptions { MemoryBytes = most > 0 ? (long)most << 20 : throw new InputException("Served models need at least 1 MiB: --model-memory is too small.") }
                : new ServingOptions(),
        });
        await PortalHost.StartAsync(app, cancellationToken);
        await context.People.WriteLineAsync($"Governance serves {string.Join(", ", app.Urls)}. Ctrl+C stops it.");
        await TellFirstRunAsync(app, context.People, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    // Once, to whoever can read the console: the only way into an installation without accounts but the command line.
    private static async Task TellFirstRunAsync(WebApplication app, TextWriter people, CancellationToken cancellationToken)
    {
        if (await app.Services.GetRequiredService<FirstRun>().TokenAsync(cancellationToken) is string token)
        {
            await people.WriteLineAsync(
                $"Nobody has an account yet. Set up the first administrator at {app.Urls.First()}{FirstRun.Path} with the token {token}");
        }
    }

    private static Uri? CollectorOf(string? text) => string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? collector) && collector.Scheme is "http" or "https" ? collector
        : throw new InputException($"'{text}' is no address of a collector: it begins with http:// or https://.");

    private static Option<string> NewSecondFactor()
    {
        Option<string> option = new("--second-factor")
        {
            Description = "Whether everybody needs an authenticator app or a passkey: required or optional.",
            DefaultValueFactory = _ => "required",
            HelpName = "WHEN",
        };
        option.AcceptOnlyFromAmong("required", "optional");
        return option;
    }
}
