using Governance.Registry.Access;
using Governance.Registry.Storage;

namespace Governance.Registry.Uploads;

/// <summary>Removes uploads to which no byte was added for their life.</summary>
public sealed class SweepUploads(StagedUploads uploads, RegistryOptions options, TimeProvider clock)
{
    /// <summary>Sweeps once.</summary>
    /// <returns>How many were removed.</returns>
    public int Run()
    {
        DateTimeOffset limit = clock.GetUtcNow() - options.Uploads.Life;
        int removed = 0;
        foreach ((UserId owner, UploadId id, DateTimeOffset writtenAt) in uploads.All().ToArray())
        {
            if (writtenAt >= limit)
            {
                continue;
            }

            using FileStream? held = uploads.TryLock(owner, id);
            if (held is not null)
            {
                uploads.Delete(owner, id);
                removed++;
            }
        }

        return removed;
    }
}
