using System.CommandLine;
using Governance.Portal.CommandLine;

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

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error) => GovernanceCommand.Create(
        "serve", "Serve the portal.", output, error, RunAsync, Urls, DataOptions.Data, DataOptions.Connection, DataOptions.MostDataset);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using WebApplication app = PortalHost.Build(new PortalOptions
        {
            Urls = context.Arguments.GetValue(Urls)!,
            Registry = DataOptions.Read(context.Arguments),
        });
        await PortalHost.StartAsync(app, cancellationToken);
        await context.People.WriteLineAsync($"Governance serves {string.Join(", ", app.Urls)}. Ctrl+C stops it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
