using System.Diagnostics;
using System.Text;
using Governance.Audit;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Models;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Scheduling;

/// <summary>Kills the program (SIGKILL) in the middle of a scheduled audit: it goes on and is sealed, and no tick is run twice.</summary>
public sealed class ScheduleKillTests : IAsyncLifetime
{
    private const string Model = "watched";
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-kill-").FullName;
    private readonly List<Process> started = [];
    private string? connection;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Process process in started.ToArray())
        {
            await KillAsync(process);
        }

        if (connection is not null)
        {
            await (await PostgreSqlServer.SharedAsync()).DropAsync(new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public Task On_SQLite_the_portal_goes_on_with_it_at_its_next_start() => RunAsync(
        ["serve", "--urls", "http://127.0.0.1:0", "--second-factor", "optional"], "Governance serves", atOnce: 1);

    [SkippableFact]
    public async Task On_PostgreSQL_another_worker_takes_it_over()
    {
        Skip.If(PostgreSqlServer.Missing is not null, PostgreSqlServer.Missing);
        PostgreSqlServer server = await PostgreSqlServer.SharedAsync();
        connection = server.ConnectionTo(await server.CreateAsync()) + ";Pooling=true;Maximum Pool Size=20";

        await RunAsync(["worker"], "Governance works", atOnce: 2);
    }

    private async Task RunAsync(string[] command, string ready, int atOnce)
    {
        Schedule schedule = await PrepareAsync();
        for (int process = 0; process < atOnce; process++)
        {
            await StartAsync(command, ready);
        }

        await using ServiceProvider registry = Open();
        string steps = Path.Combine(folder, "data", "checkpoints");
        await UntilAsync(() => Task.FromResult(Directory.Exists(steps) && Directory.GetFiles(steps, "*.step", SearchOption.AllDirectories).Length > 4));
        (AuditRunId run, int? working) = await WorkingAsync(registry);
        await KillAsync(started.First(process => working is null || process.Id == working));
        if (atOnce == 1)
        {
            await StartAsync(command, ready);
        }

        await UntilAsync(async () => (await RunsAsync(registry, schedule)).Any(view => view is { State: ScheduleRunState.Sealed, Row.Status: ScheduleRunStatus.Done }));

        ScheduleRunView[] runs = [.. await RunsAsync(registry, schedule)];
        ScheduleRunView first = Assert.Single(runs, view => view.Audit?.Id == run);
        Assert.Equal((ScheduleRunState.Sealed, 2), (first.State, first.Audit!.Attempts));
        Assert.Equal(runs.Length, runs.Select(view => view.Row.DueAt).Distinct().Count());
        Assert.All(runs.Where(view => view.State == ScheduleRunState.Missed), view => Assert.False(string.IsNullOrEmpty(view.Message)));
        Assert.IsType<LedgerVerdict.Holds>(await registry.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    private static async Task<(AuditRunId Run, int? Process)> WorkingAsync(ServiceProvider registry)
    {
        await using GovernanceDb db = await registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        RunLease lease = await db.RunLeases.AsNoTracking().SingleAsync();
        return (lease.Run, int.Parse(lease.Node.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task<IReadOnlyList<ScheduleRunView>> RunsAsync(ServiceProvider registry, Schedule schedule) =>
        registry.GetRequiredService<ScheduleQueries>().RunsAsync([schedule.Id], null, null, 1_000, default);

    // A model, its data, and a schedule that ticks every five seconds: more often than people may, so that the test need not wait.
    private async Task<Schedule> PrepareAsync()
    {
        await using ServiceProvider registry = Open();
        await MigratedDatabase.PlaceAsync(registry.GetRequiredService<RegistryOptions>());
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        UserId dev = await UserAsync(registry, "dev", Role.Developer);
        UserId otto = await UserAsync(registry, "otto", Role.Operator);
        await registry.GetRequiredService<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel(Model, Model, "Is killed now and then.", RiskTier.Low), default);
        await registry.GetRequiredService<GrantAccess>().RunAsync(Actor.System, otto, Model, GrantExtras.None, default);
        foreach (string part in (string[])["train", "test"])
        {
            Assert.IsType<RegisterDatasetOutcome.Registered>(await registry.GetRequiredService<AdmitDataset>().RunAsync(
                Actor.Person(dev), $"hmda-{part}", part, await File.ReadAllBytesAsync(Path.Combine(Samples, "hmda", $"{part}.csv")), ColumnGuess.Of, "yes", "no", default));
        }

        string model = Path.Combine(Samples, "models", "hmda_logreg");
        ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(await registry.GetRequiredService<AdmitVersion>().RunAsync(
            Actor.Person(dev), Model, await File.ReadAllBytesAsync(Path.Combine(model, "model.onnx")),
            await File.ReadAllBytesAsync(Path.Combine(model, "manifest.json")), null, [], default)).Version.Id;
        AuditOptions options = new()
        {
            Name = "Scheduled audit", Evaluation = "hmda-test", Background = "hmda-train", BackgroundRows = 20, Protected = ["afam", "single"], Seed = 5,
            Explanation = new ExplanationOptions { Method = "kernel", Rows = 130, Samples = 512 },
        };
        return Assert.IsType<AddScheduleOutcome.Added>(await registry.GetRequiredService<AddSchedule>().RunAsync(
            Actor.Person(otto), Model,
            new SchedulePlan
            {
                Name = "often", Work = ScheduleWork.Audit, Trigger = ScheduleTrigger.Clock, Version = version, Cron = "0/5 * * * * ?", TimeZone = "UTC",
                Spec = Encoding.UTF8.GetString(AuditSpecJson.Write(options)),
            }, default)).Schedule;
    }

    private static async Task<UserId> UserAsync(ServiceProvider registry, string name, Role role)
    {
        await using AsyncServiceScope scope = registry.CreateAsyncScope();
        return Assert.IsType<AddUserOutcome.Added>(await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { role }), default)).Person.Id;
    }

    private async Task StartAsync(string[] command, string ready)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "governance.dll"), .. command, "--data", Path.Combine(folder, "data")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(folder, "config");
        start.Environment[KeyRing.Variable] = Environment.GetEnvironmentVariable(KeyRing.Variable);
        start.Environment["GOVERNANCE_CONNECTION"] = connection;
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        started.Add(process);
        StringBuilder log = new();
        TaskCompletionSource listening = new();
        process.ErrorDataReceived += (_, line) => log.AppendLine(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(ready, StringComparison.Ordinal) == true)
            {
                listening.TrySetResult();
            }
            else if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException($"The program ended before it was ready:\n{log}"));
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromMinutes(3)); // other tests run beside it
    }

    private async Task KillAsync(Process process)
    {
        started.Remove(process);
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(4));
        while (!await holds())
        {
            await Task.Delay(100, patience.Token);
        }
    }

    private ServiceProvider Open() => new ServiceCollection().AddLogging()
        .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), ConnectionString = connection })
        .AddAudit(QuarantineCommand.Options).BuildServiceProvider();
}
