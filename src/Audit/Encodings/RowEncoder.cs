using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Encodings;

/// <summary>One element of the model's inputs: a feature and where it sits.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Column">The column of the readable data that it comes from.</param>
/// <param name="Input">The index of the input in the model's signature.</param>
/// <param name="Offset">The element within the input's row, from 0.</param>
/// <param name="Feature">How the cell is read.</param>
public sealed record FeatureSlot(string Name, string Column, int Input, int Offset, EncodedFeature Feature);

/// <summary>Turns rows of readable data into the inputs of one model. Safe to use from several threads.</summary>
public sealed class RowEncoder
{
    private readonly EncodedInput[] inputs;

    /// <summary>Fits an encoding to a model.</summary>
    /// <param name="signature">The model's inputs.</param>
    /// <param name="encoding">Describes at least all of them.</param>
    /// <exception cref="InputException">An input is not described, or with a number of features that it cannot take.</exception>
    public RowEncoder(ModelSignature signature, ModelEncoding encoding)
    {
        Signature = signature;
        Encoding = encoding;
        inputs = [.. signature.Inputs.Select(spec => Fit(spec, encoding))];
        Slots = [.. inputs.SelectMany((input, i) => input.Features.Select((feature, offset) =>
            new FeatureSlot(feature.Name, feature.Column, i, offset, feature)))];
    }

    /// <summary>What the model takes.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Its inputs with what fills them, in the order of the signature.</summary>
    public IReadOnlyList<EncodedInput> Inputs => inputs;

    /// <summary>The encoding in use; the one made from the columns where none was given.</summary>
    public ModelEncoding Encoding { get; }

    /// <summary>All elements of all inputs, input by input, row-major.</summary>
    public IReadOnlyList<FeatureSlot> Slots { get; }

    /// <summary>The columns of the readable data that are needed, each once, in the order of the slots.</summary>
    public IReadOnlyList<string> Columns => [.. Slots.Select(slot => slot.Column).Distinct(StringComparer.Ordinal)];

    /// <summary>Makes the encoder for a table: by the encoding, or else with the columns as they are.</summary>
    /// <param name="signature">The model's inputs.</param>
    /// <param name="encoding">The encoding, or null to take columns as they are.</param>
    /// <param name="table">The data, of which only the column names matter here.</param>
    /// <param name="features">Without an encoding: the columns to use, in order; null for all.</param>
    /// <exception cref="InputException">Encoding or columns do not fit the model.</exception>
    public static RowEncoder For(
        ModelSignature signature, ModelEncoding? encoding, Table table, IReadOnlyList<string>? features = null) =>
        new(signature, encoding ?? PlainEncoding.Make(signature.Inputs, [.. table.Columns.Select(column => column.Name)], features));

    /// <summary>The players of an explanation: the encoding's groups, then one a column, or one a feature if asked for.</summary>
    /// <param name="byFeature">Whether the one-hot features of a column are players of their own.</param>
    /// <exception cref="InputException">A group names a feature that does not exist, or one of another group.</exception>
    public IReadOnlyList<Player> Players(bool byFeature = false) => PlayerGroups.Make(Slots, Encoding.Groups, byFeature);

    /// <summary>Encodes all rows of a table.</summary>
    /// <param name="table">At least the columns of <see cref="Columns"/>, in any order.</param>
    /// <exception cref="InputException">
    /// The table has no rows, lacks a column (named), or a cell cannot be encoded (row, line and column named).
    /// </exception>
    public InputBatch Encode(Table table)
    {
        if (table.Rows == 0)
        {
            throw new InputException("The data has no rows.");
        }

        foreach (string column in Columns)
        {
            if (table.Find(column) is null)
            {
                throw new InputException($"The data has no column '{column}', which the model needs.") { Column = column };
            }
        }

        return new InputBatch([.. inputs.Select((input, i) => Encode(table, input, Signature.Inputs[i]))]);
    }

    private static EncodedInput Fit(InputSpec spec, ModelEncoding encoding)
    {
        EncodedInput input = encoding.Inputs.FirstOrDefault(input => input.Name == spec.Name)
            ?? throw new InputException($"The encoding does not describe the model's input '{spec.Name}'.");
        int count = input.Features.Count;
        if (count == 0 || (spec.Width >= 0 && count != spec.Width))
        {
            throw new InputException(
                $"The encoding gives the input '{spec.Name}' {count} features, the model takes {(spec.Width < 0 ? "at least 1" : spec.Width)}.");
        }

        int means = input.Normalised?.Mean.Count ?? 1;
        int? channels = ImageLayout.Of(0, spec.Name, spec.RowShape)?.Channels;
        return means == 1 || means == channels
            ? input
            : throw new InputException($"The encoding normalises the input '{spec.Name}' by {means} means, {(channels is null ? "but it is no picture" : $"but its pictures have {channels} channels")}.");
    }

    private static InputTensor Encode(Table table, EncodedInput input, InputSpec spec)
    {
        int width = input.Features.Count;
        Array values = spec.Kind switch
        {
            TensorKind.Float => new float[checked(table.Rows * width)],
            TensorKind.Double => new double[checked(table.Rows * width)],
            TensorKind.Int64 => new long[checked(table.Rows * width)],
            TensorKind.Int32 => new int[checked(table.Rows * width)],
            TensorKind.Boolean => new bool[checked(table.Rows * width)],
            _ => new string[checked(table.Rows * width)],
        };
        for (int offset = 0; offset < width; offset++)
        {
            EncodedFeature feature = input.Features[offset];
            Column column = table.Need(feature.Column);
            if (values is string[] texts)
            {
                new TextCells(table, column, feature).Fill(texts, offset, width);
            }
            else
            {
                new NumberCells(table, column, feature, Levels(input, feature), spec).Fill(values, offset, width);
            }
        }

        return new InputTensor(spec.Name, values, width, RowShape(spec, width));
    }

    // The levels that the one-hot features of this column know together.
    private static HashSet<string> Levels(EncodedInput input, EncodedFeature feature) =>
        feature.Kind != FeatureKind.Onehot ? []
        : [.. input.Features.Where(other => other.Column == feature.Column && other.Level is not null).Select(other => other.Level!)];

    private static int[] RowShape(InputSpec spec, int width)
    {
        int known = spec.RowShape.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        int free = spec.RowShape.Count(size => size < 0);
        if (free > 0 && width % known != 0)
        {
            throw new InputException($"The input '{spec.Name}' takes a multiple of {known} columns, not {width}.");
        }

        // Of several free dimensions the last takes all.
        int seen = 0;
        return [.. spec.RowShape.Select(size => size > 0 ? size : ++seen == free ? width / known : 1)];
    }
}
