using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Explanations;

/// <summary>Reads the rows that an audit explained, as far as a person's rights show them.</summary>
internal sealed partial class ReadRows(
    IDbContextFactory<GovernanceDb> databases, ArtifactStore store, ILogger<ReadRows> logger)
{
    /// <summary>The evaluation rows of a document.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="document">Says by digest which data were explained.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>Null where the person's role sees no rows, or the data are no longer registered.</returns>
    public async Task<RowView?> FindAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken)
    {
        AuditData? data = document.Data.FirstOrDefault(data => data.Role == "evaluation");
        if (!view.Viewer.SeeRows || data is null)
        {
            return null;
        }

        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        ArtifactDigest digest = new(data.Digest);
        Dataset? dataset = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(each => each.Digest == digest, cancellationToken);
        if (dataset is null)
        {
            return null;
        }

        byte[] bytes = await store.ReadAsync(digest, cancellationToken);
        // Parsing a large file takes longer than a circuit or request thread should be held.
        Table table = await Task.Run(() => ReadDataset.Run(new MemoryStream(bytes), dataset.Columns, cancellationToken), cancellationToken);
        HashSet<string> masked = [];
        if (view.Viewer.MaskProtected)
        {
            masked.UnionWith(dataset.Of(ColumnRole.Protected).Select(column => column.Name));
        }
        else
        {
            LogUnmasked(view.Version.Id.Value, view.Viewer.Person.Value);
        }

        return new RowView(table, masked);
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "Rows with protected attributes of version {Version} shown to user {User}")]
    private partial void LogUnmasked(Guid version, Guid user);
}
