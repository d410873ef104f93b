using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Governance.Audit.Runs;

namespace Governance.Audit.Quarantine;

/// <summary>One child process with one model, from start to death.</summary>
internal sealed class QuarantineProcess : IDisposable
{
    private const int MostFrames = 8;
    private const int LastWords = 4_096;

    // What the child's program needs to find itself; no secret of this process goes over.
    private static readonly string[] Inherited = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    private readonly QuarantineAllowance allowance;
    private readonly Process process;

    /// <summary>Prepares a child; it starts with <see cref="RunAsync"/>.</summary>
    public QuarantineProcess(QuarantineOptions options, QuarantineAllowance allowance)
    {
        this.allowance = allowance;
        ProcessStartInfo start = new(options.Command[0], options.Command.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(Path.GetFullPath(options.Command[0])),
        };
        start.Environment.Clear();
        foreach (string name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is string value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = allowance.ManagedBytes.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // no socket in the temporary folder
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // it maps code through a file, which has no size here
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        process = new Process { StartInfo = start };
    }

    /// <summary>Starts the child, gives it the model and waits for its report or its death.</summary>
    /// <param name="file">The model.</param>
    /// <param name="encoding">How rows become its inputs; null for none.</param>
    /// <param name="rows">Rows of the user's, as CSV; null for none.</param>
    /// <param name="content">What our own reader found in the file.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public async Task<TrialReport> RunAsync(
        byte[] file, byte[]? encoding, byte[]? rows, ModelContent content, CancellationToken cancellationToken)
    {
        using CancellationTokenSource wall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        process.Start();
        ChildClock clock = new(process, TimeSpan.FromSeconds(allowance.WallSeconds));
        Task patience = clock.EndAsync(wall, wall.Token);
        try
        {
            Task<string> lastWords = LastWordsAsync(wall.Token);
            Task request = WriteAsync(file, encoding, rows, wall.Token);
            (byte[]? report, bool loaded) = await ReadAsync(wall.Token);
            if (report is not null && TrialReportReader.Read(report, content) is TrialReport valid)
            {
                return valid;
            }

            int code = report is null ? await EndAsync(wall.Token) : 0;
            Kill();
            await request;
            bool saidMemory = (await lastWords).Contains("memory", StringComparison.OrdinalIgnoreCase);
            return new TrialReport { Refusal = QuarantineWords.Death(code, loaded, saidMemory, allowance) };
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new TrialReport { Refusal = QuarantineWords.TooSlow(TimeSpan.FromSeconds(allowance.WallSeconds)) };
        }
        finally
        {
            Kill();
            await wall.CancelAsync();
            await patience;
        }
    }

    /// <inheritdoc />
    public void Dispose() => process.Dispose();

    private async Task WriteAsync(byte[] file, byte[]? encoding, byte[]? rows, CancellationToken cancellationToken)
    {
        Stream input = process.StandardInput.BaseStream;
        try
        {
            await QuarantineFrames.WriteAsync(input, FrameKind.Allowance, JsonSerializer.SerializeToUtf8Bytes(allowance, ReportJson.Options), cancellationToken);
            foreach ((FrameKind kind, byte[]? part) in ((FrameKind, byte[]?)[])[(FrameKind.Model, file), (FrameKind.Encoding, encoding), (FrameKind.Rows, rows)])
            {
                if (part is not null)
                {
                    await QuarantineFrames.WriteAsync(input, kind, part, cancellationToken);
                }
            }

            await QuarantineFrames.WriteAsync(input, FrameKind.End, ReadOnlyMemory<byte>.Empty, cancellationToken);
            await input.FlushAsync(cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // The child died while it read: its exit code says of what.
        }
    }

    private async Task<(byte[]? Report, bool Loaded)> ReadAsync(CancellationToken cancellationToken)
    {
        bool loaded = false;
        for (int i = 0; i < MostFrames; i++)
        {
            switch (await QuarantineFrames.ReadAsync(process.StandardOutput.BaseStream, QuarantineFrames.MostReport, cancellationToken))
            {
                case (FrameKind.Stage, _):
                    loaded = true;
                    break;
                case (FrameKind.Report, byte[] report):
                    return (report, loaded);
                default:
                    return (null, loaded);
            }
        }

        return (null, loaded);
    }

    // A child whose stream has ended is dying by itself; one that wrote nonsense and lives on is not waited for.
    private async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    // Read to its end, so that the child never waits for it; only the first of it is kept.
    private async Task<string> LastWordsAsync(CancellationToken cancellationToken)
    {
        byte[] kept = new byte[LastWords];
        byte[] buffer = new byte[LastWords];
        int length = 0;
        Stream error = process.StandardError.BaseStream;
        for (int read; (read = await error.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            int taken = Math.Min(read, kept.Length - length);
            buffer.AsSpan(0, taken).CopyTo(kept.AsSpan(length));
            length += taken;
        }

        return Encoding.UTF8.GetString(kept, 0, length);
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It is dead already.
        }
    }
}
