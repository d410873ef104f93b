using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Governance.Registry.Storage;

/// <summary>Lets Microsoft.Data.Sqlite 10 run on SQLitePCLRaw 2.0.6 and on the system's patched SQLite.</summary>
/// <remarks>
/// Microsoft.Data.Sqlite is compiled against SQLitePCLRaw.core 2.1, which cannot be restored everywhere; 2.0.6 has all
/// that it calls. The library bundled with 2.0.6 is SQLite 3.35, so the system's <c>libsqlite3.so.0</c> comes first.
/// Runs before any type of Microsoft.Data.Sqlite is compiled; goes when 2.1 can be had.
/// </remarks>
internal static class SqliteBinding
{
    private static int done;

    /// <summary>The native library that answered, for the log and for tests.</summary>
    public static string Native { get; private set; } = "not bound";

    [ModuleInitializer]
    internal static void Initialize()
    {
        if (Interlocked.Exchange(ref done, 1) == 1)
        {
            return;
        }

        AssemblyLoadContext.Default.Resolving += static (context, name) => name.Name == "SQLitePCLRaw.core"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"))
            : null;
        Bind();
    }

    // Apart, so that its types are loaded only after the resolver above is in place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Bind()
    {
        NativeLibrary.SetDllImportResolver(Assembly.Load("SQLitePCLRaw.provider.e_sqlite3"), static (name, _, _) =>
        {
            if (name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out nint library))
            {
                Native = "libsqlite3.so.0";
                return library;
            }

            Native = "bundled";
            return 0; // the default search finds the bundled library
        });
        SQLitePCL.Batteries_V2.Init();
    }
}
