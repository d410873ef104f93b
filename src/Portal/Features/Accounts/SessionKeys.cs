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
        string settings = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (settings.Length > 0)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings, "governance", "sessions")));
        }
    }
}
