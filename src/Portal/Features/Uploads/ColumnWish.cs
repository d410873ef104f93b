using Governance.Audit.Data;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Uploads;

/// <summary>A correction of what was guessed of a column.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Kind">What its cells are; null leaves the guess.</param>
/// <param name="Role">What it is for; null leaves the guess.</param>
internal sealed record ColumnWish(string Name, ColumnKind? Kind, ColumnRole? Role)
{
    /// <summary>The guessed columns with the corrections put in.</summary>
    /// <remarks>A column that is named the label takes that role from the one that was guessed.</remarks>
    /// <exception cref="InputException">A correction is of a column that is not there.</exception>
    public static IReadOnlyList<DatasetColumn> Apply(IReadOnlyList<DatasetColumn> guessed, IReadOnlyList<ColumnWish> wishes)
    {
        DatasetColumn[] columns = [.. guessed];
        if (wishes.Any(wish => wish.Role == ColumnRole.Label))
        {
            columns = [.. columns.Select(column => column.Role == ColumnRole.Label ? column with { Role = ColumnRole.Feature } : column)];
        }

        foreach (ColumnWish wish in wishes)
        {
            int at = Array.FindIndex(columns, column => column.Name == wish.Name);
            if (at < 0)
            {
                throw new InputException($"The data have no column '{wish.Name}'.");
            }

            columns[at] = columns[at] with { Kind = wish.Kind ?? columns[at].Kind, Role = wish.Role ?? columns[at].Role };
        }

        return columns;
    }
}
