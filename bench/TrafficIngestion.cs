using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Governance.Audit;
using Governance.Audit.Data;
using Governance.Audit.Quarantine;
using Governance.Audit.Traffic;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Bench;

/// <summary>How fast traffic is taken in and counted, from parsed batches and as CSV over HTTP, and how fast windows of days open.</summary>
/// <remarks>
/// Rows of 20 features (15 numbers, 5 texts), a score and a decision over 30 days, on a real SQLite file. In process the batch is made
/// before the clock runs. Over HTTP the real program serves in a process of its own; the CSV is made before, this process sends it in
/// batches of 100,000 rows, one after another and then two at a time (every row as new as before).
/// </remarks>
internal static class TrafficIngestion
{
    private const int Days = 30;
    private const int Numbers = 15;
    private const int Texts = 5;
    private const int BatchRows = 100_000;

    private static readonly DateTimeOffset First = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Measures.</summary>
    /// <param name="rows">How many rows; a multiple of 100,000.</param>
    public static async Task RunAsync(int rows)
    {
        string folder = Directory.CreateTempSubdirectory("governance-bench-").FullName;
        Environment.SetEnvironmentVariable(KeyRing.Variable, KeyRing.NewKey());
        try
        {
            await using ServiceProvider services = new ServiceCollection().AddLogging()
                .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data") })
                .AddAudit(new QuarantineOptions { Command = ["none"] }).BuildServiceProvider();
            (DeploymentId inProcess, DeploymentId overHttp, string token) = await PrepareAsync(services);
            await InProcessAsync(services, inProcess, rows);
            await WindowsAsync(services, inProcess);
            await HttpAsync(Path.Combine(folder, "data"), overHttp, token, rows);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task InProcessAsync(ServiceProvider services, DeploymentId deployment, int rows)
    {
        IngestTraffic ingest = services.GetRequiredService<IngestTraffic>();
        await ingest.RunAsync(deployment, "warm-up", Batch(-BatchRows, BatchRows), default);
        TrafficBatch[] batches = [.. Enumerable.Range(0, rows / BatchRows).Select(batch => Batch(batch * BatchRows, BatchRows))];
        Stopwatch watch = Stopwatch.StartNew();
        foreach (TrafficBatch batch in batches)
        {
            await ingest.RunAsync(deployment, $"batch {batch.Ids[0]}", batch, default);
        }

        Tell("parsed batches of 100,000, in process", rows, watch.Elapsed);
        watch.Restart();
        IngestOutcome again = await ingest.RunAsync(deployment, "once more", batches[0], default);
        Console.WriteLine($"the first batch under another key: {again.Rows} new, {again.Repeated} repeated, {watch.Elapsed.TotalSeconds:0.00} s");
    }

    private static async Task WindowsAsync(ServiceProvider services, DeploymentId deployment)
    {
        ReadSummaries read = services.GetRequiredService<ReadSummaries>();
        foreach (bool compacted in (bool[])[false, true])
        {
            if (compacted)
            {
                Stopwatch work = Stopwatch.StartNew();
                int joined = await services.GetRequiredService<CompactTraffic>().RunAsync(deployment, default);
                Console.WriteLine($"{joined} chunks put together in {work.Elapsed.TotalSeconds:0.00} s");
            }

            Stopwatch watch = Stopwatch.StartNew();
            WindowSummary window = await read.WindowAsync(deployment, First, First.AddDays(Days), default);
            double cold = watch.Elapsed.TotalMilliseconds;
            watch.Restart();
            window = await read.WindowAsync(deployment, First, First.AddDays(Days), default);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"window of {Days} days, {window.Rows} rows, {(compacted ? "one chunk a day" : "as they came")}: {cold:0} ms, again {watch.Elapsed.TotalMilliseconds:0} ms"));
        }
    }

    private static async Task HttpAsync(string data, DeploymentId deployment, string token, int rows)
    {
        string[] bodies = [.. Enumerable.Range(0, rows / BatchRows).Select(batch => Csv(batch * BatchRows, BatchRows))];
        using Process portal = Serve(data, out Uri address);
        try
        {
            using HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            string path = $"/api/v1/deployments/{deployment}/traffic";
            await SendAsync(client, path, Csv(-BatchRows, BatchRows));
            Stopwatch watch = Stopwatch.StartNew();
            foreach (string body in bodies)
            {
                await SendAsync(client, path, body);
            }

            Tell("CSV over HTTP, one sender", rows, watch.Elapsed);
            bodies = [.. bodies.Select(body => body.Replace("\nrow-", "\nother-", StringComparison.Ordinal))];
            watch.Restart();
            await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (body, _) => await SendAsync(client, path, body));
            Tell("CSV over HTTP, two senders", rows, watch.Elapsed);
        }
        finally
        {
            portal.Kill();
            await portal.WaitForExitAsync();
        }
    }

    private static async Task SendAsync(HttpClient client, string path, string body)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    private static Process Serve(string data, out Uri address)
    {
        string program = AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}bench{Path.DirectorySeparatorChar}bin", $"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}Portal{Path.DirectorySeparatorChar}bin", StringComparison.Ordinal);
        ProcessStartInfo start = new("dotnet", [Path.Combine(program, "governance.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", data, "--second-factor", "optional"])
        {
            RedirectStandardOutput = true,
        };
        Process portal = Process.Start(start) ?? throw new InvalidOperationException("The portal did not start.");
        while (portal.StandardOutput.ReadLine() is string line)
        {
            if (line.StartsWith("Governance serves ", StringComparison.Ordinal))
            {
                address = new Uri(line.Split(' ')[2].TrimEnd('.', ','));
                return portal;
            }
        }

        throw new InvalidOperationException($"The portal ended before it listened. Build it in the same configuration: {program}");
    }

    private static async Task<(DeploymentId InProcess, DeploymentId OverHttp, string Token)> PrepareAsync(ServiceProvider services)
    {
        await services.GetRequiredService<MigrateDatabase>().RunAsync(default);
        UserId dev = await UserAsync(services, "dev", Role.Developer);
        UserId otto = await UserAsync(services, "otto", Role.Operator);
        await services.GetRequiredService<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel("credit", "Credit", "Is asked.", RiskTier.Low), default);
        await services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, otto, "credit", GrantExtras.None, default);
        using MemoryStream file = new("weights"u8.ToArray());
        ModelVersion version = ((RegisterVersionOutcome.Registered)await services.GetRequiredService<RegisterVersion>().RunAsync(
            Actor.Person(dev), new NewVersion("credit", file, 1 << 10, """{"inputs":[{"name":"x","shape":[null,1],"features":[{"name":"n0","column":"n0","kind":"numeric","missing":"error","unseen":"error"}]}],"outputs":[]}"""u8.ToArray(), null, []), default)).Version;
        Deployment[] made = [.. Enumerable.Range(0, 2).Select(i => new Deployment(
            DeploymentId.New(), version.Model, version.Id, $"place-{i}", DeploymentRole.Outside, 1, First, null, null, First))];
        await services.GetRequiredService<AppendGate>().RunAsync(Actor.System, change =>
        {
            foreach (Deployment deployment in made)
            {
                change.Add(deployment, "deployment.made", version.Subject); // its approval is not what is measured
            }

            return Task.FromResult(0);
        }, default);
        IssueTokenOutcome token = await services.GetRequiredService<IssueToken>().RunAsync(Actor.System, new NewToken(otto, "bench", [TokenScope.Ingest]), default);
        return (made[0].Id, made[1].Id, ((IssueTokenOutcome.Issued)token).Text);
    }

    private static async Task<UserId> UserAsync(ServiceProvider services, string name, Role role) => ((AddUserOutcome.Added)await services.GetRequiredService<AddUser>()
        .RunAsync(Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { role }), default)).Person.Id;

    private static TrafficBatch Batch(int first, int rows)
    {
        Random random = new(first);
        List<Column> columns = [];
        for (int i = 0; i < Numbers; i++)
        {
            columns.Add(new NumberColumn($"n{i}", [.. Enumerable.Range(0, rows).Select(_ => i % 3 == 0 ? random.Next(100) : random.NextDouble() * 1000)]));
        }

        for (int i = 0; i < Texts; i++)
        {
            columns.Add(TextColumn.Of($"t{i}", [.. Enumerable.Range(0, rows).Select(_ => (string?)$"level {random.Next(5 + i)}")]));
        }

        return new TrafficBatch([.. Enumerable.Range(first, rows).Select(row => $"row-{row}")], [.. Enumerable.Range(0, rows).Select(row => TimeOf(row, rows))], new Table(columns))
        {
            Scores = [new ScoreColumn("yes", [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())])],
            Decisions = TextColumn.Of("decision", [.. Enumerable.Range(0, rows).Select(_ => random.Next(2) == 0 ? "yes" : "no")]),
        };
    }

    private static string Csv(int first, int rows)
    {
        TrafficBatch batch = Batch(first, rows);
        StringBuilder csv = new("id,time," + string.Join(',', batch.Columns!.Columns.Select(column => column.Name)) + ",score_yes,decision\n");
        for (int row = 0; row < rows; row++)
        {
            csv.Append(batch.Ids[row]).Append(',').Append(batch.Times[row].ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)).Append(',');
            foreach (Column column in batch.Columns.Columns)
            {
                csv.Append(column.Text(row)).Append(',');
            }

            csv.Append(batch.Scores[0].Values[row].ToString("R", CultureInfo.InvariantCulture)).Append(',').Append(batch.Decisions!.Text(row)).Append('\n');
        }

        return csv.ToString();
    }

    private static DateTimeOffset TimeOf(int row, int rows) => First.AddSeconds((double)row * Days * 86_400 / rows);

    private static void Tell(string what, int rows, TimeSpan taken) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {rows} rows of {Numbers + Texts} features in {taken.TotalSeconds:0.00} s, {rows / taken.TotalSeconds:0} rows/s"));
}
