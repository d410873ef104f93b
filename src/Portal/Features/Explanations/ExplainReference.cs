using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>What stands for unknown features: the value of --reference, applied to the background.</summary>
internal static class ExplainReference
{
    /// <summary>All reference rows.</summary>
    public const string Background = "background";

    private const string Row = "row:";
    private const string Own = "own:";

    /// <summary>Narrows the background to what the flag names.</summary>
    /// <param name="inputs">With the whole background.</param>
    /// <param name="reference">The flag's value, or null.</param>
    /// <param name="rows">The readable rows explained.</param>
    /// <param name="background">The readable reference rows.</param>
    /// <exception cref="InputException">The flag names nothing, or nothing that exists.</exception>
    public static ExplainInputs Apply(ExplainInputs inputs, string? reference, Table rows, Table background) => reference switch
    {
        null => inputs,
        "mean" => inputs with { Background = ReferenceRow.Mean(inputs.Background, inputs.Weights, inputs.Encoder.Slots), Weights = null, Reference = reference },
        "zero" => inputs with { Background = ReferenceRow.Zero(inputs.Background), Weights = null, Reference = reference },
        _ when reference.StartsWith(Row, StringComparison.Ordinal) => Single(inputs, reference),
        _ when reference.StartsWith(Own, StringComparison.Ordinal) => ByColumn(inputs, reference, rows, background),
        _ => throw new InputException($"--reference takes mean, zero, row:i or own:COLUMN, not '{reference}'."),
    };

    private static ExplainInputs Single(ExplainInputs inputs, string reference)
    {
        if (!int.TryParse(reference[Row.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int row))
        {
            throw new InputException($"--reference row:i takes a row number counted from 0, such as row:5; '{reference}' has none.");
        }

        return row < inputs.Background.Rows
            ? inputs with { Background = inputs.Background.Slice(row, 1), Weights = null, Reference = reference }
            : throw new InputException($"There is no reference row {row}; there are {inputs.Background.Rows}, counted from 0.");
    }

    private static ExplainInputs ByColumn(ExplainInputs inputs, string reference, Table rows, Table background)
    {
        string name = reference[Own.Length..];
        Column own = rows.Find(name) ?? throw new InputException($"The data has no column '{name}' for --reference {reference}.") { Column = name };
        Column others = background.Find(name)
            ?? throw new InputException($"The background has no column '{name}' for --reference {reference}.") { Column = name };
        Dictionary<string, int> groups = new(StringComparer.Ordinal);
        int[] belongs = new int[background.Rows];
        for (int row = 0; row < belongs.Length; row++)
        {
            string group = others.Text(row) ?? "";
            if (!groups.TryGetValue(group, out belongs[row]))
            {
                groups.Add(group, belongs[row] = groups.Count);
            }
        }

        int[] wanted = new int[rows.Rows];
        for (int row = 0; row < wanted.Length; row++)
        {
            wanted[row] = groups.TryGetValue(own.Text(row) ?? "", out int group)
                ? group
                : throw new InputException($"No reference row has {name} = '{own.Text(row)}', as row {inputs.RowIndices[row]} of the data has.") { Column = name };
        }

        return inputs with { OwnGroups = new OwnGroups(wanted, belongs), Reference = reference };
    }
}
