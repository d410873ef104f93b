using Governance.Audit.Data;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary>Compares the slopes that a device gives at the first rows with those of the CPU.</summary>
/// <remarks>
/// A row on whose two sides another ReLU or maximum counts, because the last digits of what goes into it differ, has other slopes by right;
/// it is left out and counted.
/// </remarks>
internal static class GradientProof
{
    /// <summary>Compares.</summary>
    /// <param name="device">The gradient on the device.</param>
    /// <param name="cpu">The same gradient on the CPU.</param>
    /// <param name="rows">The rows explained; the first <see cref="DeviceProof.Rows"/> are compared, each in the output's first column.</param>
    /// <param name="provider">The device as it is named to people.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What a reader should know.</returns>
    /// <exception cref="InputException">The difference is larger than <see cref="DeviceProof.Tolerance"/> of a row's largest slope.</exception>
    public static AuditWarning Run(GradientModel device, GradientModel cpu, InputBatch rows, string provider, CancellationToken cancellationToken)
    {
        int count = Math.Min(rows.Rows, DeviceProof.Rows);
        int crossed = 0;
        double worst = 0;
        for (int row = 0; row < count; row++)
        {
            InputBatch one = rows.Slice(row, 1);
            double[] point = cpu.PointsOf(one, cancellationToken);
            GradientBatch expected = cpu.Run(point, one, 0, cancellationToken);
            GradientBatch found = device.Run(point, one, 0, cancellationToken);
            if (expected.Patterns is not null && found.Patterns is not null && expected.Patterns[0] != found.Patterns[0])
            {
                crossed++;
                continue;
            }

            double largest = Math.Max(1e-30, expected.Gradients.Max(Math.Abs));
            double difference = expected.Gradients.Zip(found.Gradients).Max(pair => pair.First.Equals(pair.Second) ? 0 : Math.Abs(pair.First - pair.Second) / largest);
            if (!(difference <= DeviceProof.Tolerance))
            {
                throw new InputException(
                    $"The device ({provider}) gives other slopes than the CPU: they differ by {difference:0.0e+0} of the largest, more than {DeviceProof.Tolerance}. Take --provider cpu.");
            }

            worst = Math.Max(worst, difference);
        }

        string leftOut = crossed == 0 ? "" : $"; {crossed} more lie so near a kink that both sides count";
        return new AuditWarning(
            "gradients-checked", $"The gradient runs on {provider}. Slopes at {count - crossed} rows differ from the CPU's by at most {worst:0.0e+0} of the largest (tolerance {DeviceProof.Tolerance}){leftOut}.");
    }
}
