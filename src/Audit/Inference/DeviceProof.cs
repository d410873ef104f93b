using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Inference;

/// <summary>Compares what a device gives for the first rows with what the CPU gives, once a loaded model.</summary>
/// <remarks>
/// Devices add in another order and have their own exponentials, so their last digits differ; a driver that is broken, or
/// products that were quietly rounded to fewer digits, differ by more.
/// </remarks>
/// <param name="model">The file that the session runs.</param>
/// <param name="provider">Where it runs, as it is named to people.</param>
/// <param name="half">Whether the model computes in 16 bits.</param>
internal sealed class DeviceProof(byte[] model, string provider, bool half)
{
    /// <summary>The code of the warning that names the device.</summary>
    public const string Code = "provider-checked";

    /// <summary>Rows compared.</summary>
    public const int Rows = 16;

    /// <summary>The largest difference allowed, over the largest number of the output: in 32 bits, and in 16.</summary>
    public const double Tolerance = 1e-3;

    /// <inheritdoc cref="Tolerance"/>
    public const double HalfTolerance = 2e-2;

    /// <summary>Whether a model holds 16-bit floats.</summary>
    public static bool IsHalf(ModelProto model) =>
        model.Graph.Initializer.Any(tensor => (DataType)tensor.DataType is DataType.Float16 or DataType.Bfloat16);

    /// <summary>Compares.</summary>
    /// <param name="batch">The rows, at most <see cref="Rows"/>.</param>
    /// <param name="found">The outputs of the device.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What a reader should know.</returns>
    /// <exception cref="InputException">The difference is too large.</exception>
    public AuditWarning Run(InputBatch batch, IReadOnlyList<OutputValues> found, CancellationToken cancellationToken)
    {
        using OnnxPredictor cpu = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        Prediction expected = cpu.Predict(batch, cancellationToken);
        double tolerance = half ? HalfTolerance : Tolerance;
        double worst = 0;
        foreach (OutputValues values in found.Where(values => values.Spec.Type is not ("tensor(int64)" or "tensor(int32)" or "tensor(bool)")))
        {
            // Classes may change places where two are equally likely; the numbers behind them are looked at.
            double difference = values.Numbers is null ? 0 : Difference(values.Numbers, expected[values.Name].Numbers!);
            if (!(difference <= tolerance))
            {
                throw new InputException(
                    $"The device ({provider}) gives other numbers than the CPU: the output '{values.Name}' differs by {difference:0.0e+0} of its largest number, more than {tolerance}. Take --provider cpu.");
            }

            worst = Math.Max(worst, difference);
        }

        return new AuditWarning(
            Code, $"The model runs on {provider}. Its first {batch.Rows} rows differ from the CPU's by at most {worst:0.0e+0} of an output's largest number (tolerance {tolerance}).");
    }

    // Infinite or no numbers must be the same; then they add nothing.
    private static double Difference(double[] found, double[] expected)
    {
        double scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double worst = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (!found[i].Equals(expected[i]))
            {
                worst = Math.Max(worst, double.IsFinite(found[i]) && double.IsFinite(expected[i]) ? Math.Abs(found[i] - expected[i]) / scale : double.PositiveInfinity);
            }
        }

        return worst;
    }
}
