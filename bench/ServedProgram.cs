using System.Diagnostics;
using System.Globalization;

namespace Governance.Bench;

/// <summary>The real program, <c>governance serve</c>, as a process of its own on a free loopback port.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private readonly Process process;

    private ServedProgram(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Processor time that it took so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that was ever resident, in MiB, as Linux counts it.</summary>
    public double PeakMebibytes => long.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Starts it on a data folder.</summary>
    /// <param name="program">The program's assembly, built for release.</param>
    /// <param name="folder">Holds data, keys and configuration.</param>
    public static async Task<ServedProgram> StartAsync(string program, string folder)
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList = { program, "serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(folder, "data"), "--second-factor", "optional" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(folder, "config");
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        TaskCompletionSource<string> ready = new();
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Governance serves ", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(line.Data);
            }
            else if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("The program ended before it listened."));
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new ServedProgram(process, new Uri((await ready.Task.WaitAsync(TimeSpan.FromMinutes(2))).Split(' ')[2].TrimEnd('.', ',')));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
