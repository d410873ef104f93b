using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference;

/// <summary>Whether outputs come in the dimensions that the file declares.</summary>
internal static class OutputShapes
{
    /// <summary>Compares the dimensions behind the batch.</summary>
    /// <exception cref="InputException">A row has another number of values than declared.</exception>
    public static ModelCheck Check(Prediction prediction, GraphProto graph)
    {
        foreach (OutputValues output in prediction.Outputs)
        {
            TensorShapeProto? declared = graph.Output.FirstOrDefault(value => value.Name == output.Name)?.Type?.TensorType?.Shape;
            if (declared is not { Dim.Count: > 0 })
            {
                continue;
            }

            long?[] row = [.. declared.Dim.Skip(1).Select(size => size.DimValue > 0 ? size.DimValue : (long?)null)];
            string sentence = $"The output '{output.Name}' gives [{string.Join(", ", output.RowShape)}] a row, the file declares "
                + $"[{string.Join(", ", row.Select(size => size?.ToString(CultureInfo.InvariantCulture) ?? "?"))}].";
            long first = declared.Dim[0].DimValue;
            long width = row.Aggregate(1L, (product, size) => product * (size ?? 0));
            if (!row.Contains(null) && width != output.Width && first * width != output.Width)
            {
                throw new InputException(sentence);
            }

            if (row.Length != output.RowShape.Count || row.Zip(output.RowShape).Any(pair => pair.First is long size && size != pair.Second))
            {
                return new ModelCheck("declared-shapes", false, sentence);
            }
        }

        return new ModelCheck("declared-shapes", true, "The outputs have the shapes that the file declares.");
    }
}
