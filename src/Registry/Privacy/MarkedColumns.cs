using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>The columns of a data set with every mark that they bear, from their registration or since.</summary>
public static class MarkedColumns
{
    /// <summary>Reads them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="dataset">Of which data set.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<DatasetColumn>> OfAsync(
        GovernanceDb db, Dataset dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetId id = dataset.Id;
        ColumnMark[] marks = await db.ColumnMarks.AsNoTracking().Where(mark => mark.Dataset == id).ToArrayAsync(cancellationToken);
        return marks.Length == 0 ? dataset.Columns : With(dataset.Columns, marks);
    }

    /// <summary>Columns with later marks added. Pure.</summary>
    public static IReadOnlyList<DatasetColumn> With(IReadOnlyList<DatasetColumn> columns, IEnumerable<ColumnMark> marks)
    {
        ILookup<string, ColumnMarkKind> kinds = marks.ToLookup(mark => mark.Column, mark => mark.Kind, StringComparer.Ordinal);
        return
        [
            .. columns.Select(column => column with
            {
                Personal = column.Personal || kinds[column.Name].Contains(ColumnMarkKind.Personal),
                Subject = column.Subject || kinds[column.Name].Contains(ColumnMarkKind.Subject),
            }),
        ];
    }
}
