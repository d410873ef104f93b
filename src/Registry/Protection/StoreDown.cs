using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>Tells a database that cannot be reached or written from a fault of ours.</summary>
public static class StoreDown
{
    /// <summary>Whether an exception, or one inside it, says so.</summary>
    public static bool Is(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            if (at is DbException or DbUpdateException or IOException or UnauthorizedAccessException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }
}
