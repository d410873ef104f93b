using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Governance.Portal.Features.Accounts;

/// <summary>The keys that sign cookies: kept over restarts, beside the key-encryption key and never in the data folder.</summary>
internal static class SessionKeys
{
    /// <summary>Adds them. Two portals of one user share the folder; the data folder's name keeps their cookies apart.</summary>
    public static void AddSessionKeys(this IServiceCollection services, PortalOptions options)
    {
        string data = Path.GetFullPath(options.Registry.DataFolder);
        string application = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..16];
        IDataProtectionBuilder protection = services.AddDataProtection().SetApplicationName($"governance-{application}");
        if (Folder(options) is string folder)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
    }

    // Without a home folder the keys live as long as the process, and a restart ends all sessions.
    private static string? Folder(PortalOptions options)
    {
        string settings = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return options.SessionKeyFolder
            ?? (settings.Length > 0 ? Path.Combine(settings, "governance", "sessions") : null);
    }
}
