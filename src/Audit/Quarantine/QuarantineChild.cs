using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;

namespace Governance.Audit.Quarantine;

/// <summary>The other end of a quarantine: the process that loads a stranger's model, runs it on a few rows and says what it saw.</summary>
public static class QuarantineChild
{
    private const int MostSettings = 1 << 16;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads a request, lowers this process's limits, tries the model, writes a report.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output; nothing else may write to it.</param>
    /// <param name="cancellationToken">Ends the child; the parent kills it instead.</param>
    /// <returns>The exit code: 0 where a report was written, else 2.</returns>
    [SupportedOSPlatform("linux")]
    public static async Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        if (await QuarantineFrames.ReadAsync(input, MostSettings, cancellationToken) is not (FrameKind.Allowance, byte[] settings)
            || JsonSerializer.Deserialize<QuarantineAllowance>(settings, ReportJson.Options) is not { } allowance)
        {
            return 2;
        }

        ResourceLimits.Apply(allowance);
        Dictionary<FrameKind, byte[]> parts = [];
        while (await QuarantineFrames.ReadAsync(input, Array.MaxLength, cancellationToken) is (FrameKind kind, byte[] payload) && kind != FrameKind.End)
        {
            parts[kind] = payload;
        }

        if (!parts.TryGetValue(FrameKind.Model, out byte[]? model))
        {
            return 2;
        }

        byte[] report = TrialReportReader.Write(await TryAsync(model, parts, allowance, output));
        await QuarantineFrames.WriteAsync(output, FrameKind.Report, report, cancellationToken);
        await output.FlushAsync(cancellationToken);
        return 0;
    }

    private static async Task<TrialReport> TryAsync(
        byte[] model, Dictionary<FrameKind, byte[]> parts, QuarantineAllowance allowance, Stream output)
    {
        using CancellationTokenSource limit = new();
        await using Timer watch = new(
            _ =>
            {
                if (Environment.CpuUsage.TotalTime > allowance.Patience)
                {
                    limit.Cancel();
                }
            },
            null, Look, Look);
        try
        {
            ModelEncoding? encoding = parts.TryGetValue(FrameKind.Encoding, out byte[]? json) ? ModelEncoding.Read(json) : null;
            GraphProto graph = ModelFile.Parse(model).Graph;
            using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, limit.Token);
            await QuarantineFrames.WriteAsync(output, FrameKind.Stage, new byte[1], limit.Token);
            await output.FlushAsync(limit.Token);
            IReadOnlyList<TrialRows> rows = TrialRows.For(predictor.Signature, encoding, parts.GetValueOrDefault(FrameKind.Rows), limit.Token);
            return new TrialReport
            {
                Signature = predictor.Signature,
                Checks = new ModelTrial(predictor, graph, encoding).Run(rows, limit.Token),
                PeakBytes = Peak(),
            };
        }
        catch (InputException refusal)
        {
            return new TrialReport { Refusal = RuntimeFault.IsMemory(refusal) ? QuarantineWords.TooLarge(allowance) : refusal.Message };
        }
        catch (OperationCanceledException)
        {
            return new TrialReport { Refusal = QuarantineWords.TooDear(allowance.Patience) };
        }
        catch (OutOfMemoryException)
        {
            return new TrialReport { Refusal = QuarantineWords.TooLarge(allowance) };
        }
    }

    private static long Peak()
    {
        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(6, line.Length - 8), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long kibibytes)
            ? kibibytes << 10
            : 0;
    }
}
