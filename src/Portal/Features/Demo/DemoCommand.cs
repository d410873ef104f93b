using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Serve;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Demo;

/// <summary><c>governance demo</c>: a portal with sample models, data, people and sealed audits.</summary>
internal static class DemoCommand
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Keep the demo in this folder; without it the demo is made anew and removed at the end.",
        HelpName = "DIR",
    };

    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "demo", "Serve a portal with sample models, data, people and audits.", RunAsync,
        ServeCommand.Urls, Data, DataOptions.Connection);

    // The ready line is for programs, so nothing else goes to standard output.
    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? kept = context.Arguments.GetValue(Data);
        using DemoFolder folder = new(kept);
        PortalOptions options = new()
        {
            Urls = context.Arguments.GetValue(ServeCommand.Urls)!,
            Registry = new RegistryOptions
            {
                DataFolder = folder.Data,
                ConnectionString = context.Arguments.GetValue(DataOptions.Connection),
                KeyFile = folder.KeyFile,
            },
        };
        await using WebApplication app = PortalHost.Build(options, services => services.AddTransient<SeedDemo>().AddTransient<SeedMonitoring>().AddTransient<SeedSchedules>());
        await PortalHost.StartAsync(app, cancellationToken);

        DemoPlan plan = await DemoPlan.ReadAsync(cancellationToken);
        await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
        {
            SeedDemo seed = scope.ServiceProvider.GetRequiredService<SeedDemo>();
            if (!File.Exists(folder.AccountsFile) && await seed.HasPeopleAsync(cancellationToken))
            {
                // Sample accounts have no place among real ones, and the passwords printed would not be theirs.
                throw new InputException(
                    "This folder holds an installation that is no demo. Choose another with --data, or use 'governance serve'.");
            }

            DemoAccounts accounts = await DemoAccounts.LoadAsync(folder.AccountsFile, plan, cancellationToken);
            await seed.RunAsync(plan, accounts, message => context.Error.WriteLine(message), cancellationToken);
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(
                new { ready = true, url = app.Urls.First(), accounts = accounts.Accounts }, OneLine).AsMemory(), cancellationToken);
            await context.Output.FlushAsync(cancellationToken);
        }

        await context.Error.WriteLineAsync($"Governance serves {string.Join(", ", app.Urls)}. Ctrl+C stops it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
