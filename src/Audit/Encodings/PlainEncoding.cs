using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>The encoding of data whose columns are the model's features as they are.</summary>
/// <remarks>
/// An input of one element a row takes the column of its own name. What inputs are left take what columns are left by
/// position, so many as they have elements: 64 columns fill [N,1,8,8] row-major. A free dimension takes what remains.
/// </remarks>
internal static class PlainEncoding
{
    /// <summary>Makes the encoding for these columns.</summary>
    /// <param name="inputs">The model's inputs.</param>
    /// <param name="columns">The columns of the data, in file order.</param>
    /// <param name="features">The columns to use, in order; null for all.</param>
    /// <exception cref="InputException">The columns do not fit the inputs.</exception>
    public static ModelEncoding Make(IReadOnlyList<InputSpec> inputs, IReadOnlyList<string> columns, IReadOnlyList<string>? features)
    {
        HashSet<string> known = new(columns, StringComparer.Ordinal);
        if (features?.FirstOrDefault(feature => !known.Contains(feature)) is string absent)
        {
            throw new InputException($"The data has no column '{absent}'.") { Column = absent };
        }

        if (features?.GroupBy(feature => feature, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: string twice })
        {
            throw new InputException($"The column '{twice}' is named twice among the features.") { Column = twice };
        }

        IReadOnlyList<string> names = features ?? columns;
        HashSet<string> offered = new(names, StringComparer.Ordinal);
        HashSet<string> byName = [.. inputs
            .Where(input => (input.Width == 1 || (input.Width < 0 && inputs.Count > 1)) && offered.Contains(input.Name)).Select(input => input.Name)];
        List<string> rest = [.. names.Where(name => !byName.Contains(name))];
        List<InputSpec> positional = [.. inputs.Where(input => !byName.Contains(input.Name))];
        if (positional.Count > 0 && byName.Count > 0 && positional.All(input => input.Width == 1))
        {
            throw new InputException($"The data has no column '{positional[0].Name}', which the model takes.") { Column = positional[0].Name };
        }

        Dictionary<string, List<string>> taken = Share(positional, rest, byName.Count > 0);
        return new ModelEncoding
        {
            Inputs = [.. inputs.Select(input => new EncodedInput(
                input.Name, null, [.. (byName.Contains(input.Name) ? [input.Name] : taken[input.Name]).Select(name => Feature(name, input))]))],
        };
    }

    private static Dictionary<string, List<string>> Share(List<InputSpec> inputs, List<string> columns, bool named)
    {
        int wanted = inputs.Sum(input => Math.Max(input.Width, 0));
        int free = inputs.Count(input => input.Width < 0);
        if (inputs.Count > 0 && (free > 1 || (free == 0 && columns.Count != wanted) || (free == 1 && columns.Count <= wanted)))
        {
            string takes = string.Join(" and ", inputs.Select(input =>
                $"'{input.Name}' takes {(input.Width < 0 ? "any number of" : input.Width)} {(input.Width == 1 ? "column" : "columns")}"));
            throw new InputException(
                $"The model's input {takes}, the data has {columns.Count}{(named ? " more" : "")}: choose them with --features, or give an --encoding.");
        }

        Dictionary<string, List<string>> shared = new(StringComparer.Ordinal);
        int at = 0;
        foreach (InputSpec input in inputs)
        {
            int count = input.Width < 0 ? columns.Count - wanted : input.Width;
            shared[input.Name] = columns.GetRange(at, count);
            at += count;
        }

        return shared;
    }

    private static EncodedFeature Feature(string column, InputSpec input) => new()
    {
        Name = column,
        Column = column,
        Kind = input.Kind == TensorKind.Text ? FeatureKind.Text : input.RowShape.Count == 3 ? FeatureKind.Image : FeatureKind.Numeric,
        Missing = input.Kind switch
        {
            TensorKind.Float or TensorKind.Double => CellRule.NaN,
            TensorKind.Text => CellRule.Of(""),
            _ => CellRule.Error,
        },
        Unseen = CellRule.Error,
    };
}
