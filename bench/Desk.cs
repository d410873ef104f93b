using System.Diagnostics;
using System.Globalization;
using Governance.Registry.Evidence;
using Microsoft.Playwright;

namespace Governance.Bench;

/// <summary>
/// How long the reviewer's pages take over a large data set: <c>governance serve</c> in a process of its own, asked over HTTP and in Chromium.
/// </summary>
/// <remarks>
/// The audits run on one server; the pages are opened on a second one, started on the same folder, so that "first" means with nothing in
/// memory. Every page is asked for once, three times again, and then opened in the browser; limits are in <see cref="DeskBrowser"/>.
/// </remarks>
internal static class Desk
{
    private const int Again = 3;

    /// <summary>Measures, and prints two tables.</summary>
    /// <param name="rows">Of the evaluation data.</param>
    /// <param name="kept">A folder that stays, with data and sealed audits, and is used again; null for one that is removed.</param>
    /// <returns>1 where a page failed; 2 where something is missing.</returns>
    public static async Task<int> RunAsync(int rows, string? kept)
    {
        string program = Path.Combine(Folders.Samples, "..", "src", "Portal", "bin", "Release", "net10.0", "governance.dll");
        if (!File.Exists(program) || !File.Exists("/usr/bin/chromium"))
        {
            Console.Error.WriteLine("Build the portal first (dotnet build -c Release src/Portal), and have Debian's Chromium.");
            return 2;
        }

        string folder = kept ?? Directory.CreateTempSubdirectory("governance-desk-").FullName;
        try
        {
            bool made = Directory.Exists(Path.Combine(folder, "data"));
            await using DeskData data = DeskData.Open(folder);
            if (!made)
            {
                long began = Stopwatch.GetTimestamp();
                await data.FillAsync(rows);
                Console.WriteLine(Say($"{rows:N0} rows, {Environment.ProcessorCount} cores, load {Load()}; data sets and versions registered in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s."));
                await AuditAsync(program, folder, data);
            }

            return await LookAsync(program, folder, rows, await data.ExplainedAsync());
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task AuditAsync(string program, string folder, DeskData data)
    {
        await using ServedProgram server = await ServedProgram.StartAsync(program, folder);
        foreach (AuditRun run in await data.EndedAsync(TimeSpan.FromMinutes(20)))
        {
            Console.WriteLine(Say($"{run.Title}: {run.Status}{(run.Message is null ? "" : $", {run.Message}")} after {(run.EndedAt - run.StartedAt)?.TotalSeconds:0} s."));
        }

        Console.WriteLine(Say($"The server took {server.ProcessorTime.TotalSeconds:0} s of processor time and {server.PeakMebibytes:N0} MiB at most for them."));
        Console.WriteLine();
    }

    private static async Task<int> LookAsync(string program, string folder, int rows, (Guid Trees, Guid Values) explained)
    {
        await using ServedProgram server = await ServedProgram.StartAsync(program, folder);
        await using DeskBrowser browser = await DeskBrowser.OpenAsync(server.Address, "rita", DeskData.Password);
        Console.WriteLine("| page | first, ms | its CPU, ms | again, ms | its CPU, ms | KB | usable, ms | first plot, ms | complete, ms | progress |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        int failed = 0;
        foreach (string path in DeskPages.All(rows, explained))
        {
            failed += await PageAsync(server, browser, path) ? 0 : 1;
        }

        Console.WriteLine();
        Console.WriteLine("| interaction | median, ms | longest, ms |");
        Console.WriteLine("| --- | ---: | ---: |");
        foreach ((string name, Func<DeskBrowser, Task<double[]>> run) in DeskInteractions.All(rows, explained.Trees))
        {
            try
            {
                double[] millis = await run(browser);
                Array.Sort(millis);
                Console.WriteLine(Say($"| {name} | {millis[millis.Length / 2]:N0} | {millis[^1]:N0} |"));
            }
            catch (TimeoutException)
            {
                failed++;
                Console.WriteLine($"| {name} | failed | |");
            }
        }

        Console.WriteLine();
        Console.WriteLine(Say($"The server held {server.PeakMebibytes:N0} MiB at most and took {server.ProcessorTime.TotalSeconds:0} s of processor time; load {Load()}."));
        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> PageAsync(ServedProgram server, DeskBrowser browser, string path)
    {
        try
        {
            TimeSpan before = server.ProcessorTime;
            (double first, long bytes, int status) = await browser.AskAsync(path);
            double cpu = (server.ProcessorTime - before).TotalMilliseconds;
            before = server.ProcessorTime;
            double[] again = new double[Again];
            for (int i = 0; i < Again; i++)
            {
                again[i] = (await browser.AskAsync(path)).Millis;
            }

            double cpuAgain = (server.ProcessorTime - before).TotalMilliseconds / Again;

            Array.Sort(again);
            (double usable, double plot, double complete, bool progress) = await browser.OpenAsync(path);
            Console.WriteLine(Say($"| {Short(path)}{(status == 200 ? "" : $" ({status})")} | {first:N0} | {cpu:N0} | {again[Again / 2]:N0} | {cpuAgain:N0} | {bytes / 1e3:N0} | {usable:N0} | {plot:N0} | {complete:N0} | {(progress ? "yes" : "")} |"));
            return status == 200;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException or PlaywrightException)
        {
            Console.WriteLine($"| {Short(path)} | failed | | | | | | | |");
            return false;
        }
    }

    // Without the long numbers of evidence.
    private static string Short(string path) => Uri.UnescapeDataString(path.Split("evidence=") is [string before, { Length: >= 36 } after] ? $"{before}evidence=…{after[36..]}" : path).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
